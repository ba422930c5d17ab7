import { aJob } from "@tests/factories";
import { beforeEach, describe, expect, it } from "vitest";
import { forgetEstimates, steadyEstimate, steadyEstimateOf } from "./steadyEstimates";

const job = (minutes: number | null, id = "import") =>
  aJob({ id, eta_seconds: minutes === null ? null : minutes * 60 });

beforeEach(forgetEstimates);

describe("the time that an import has left", () => {
  it("is the same wherever it is said, also where it is first said later", () => {
    expect(steadyEstimate(job(3.9))).toBe(4);
    // Somebody who looks now for the first time would be told 3.
    expect(steadyEstimate(job(3.3))).toBe(4);
    expect(steadyEstimate(job(3.3))).toBe(4);
    expect(steadyEstimate(job(3.3, "another"))).toBe(3);
  });

  it("is that of the slowest for several, as it is said of that one", () => {
    steadyEstimate(job(3.9));
    expect(steadyEstimateOf([job(3.3), job(2, "fast")])).toBe(4);
  });

  it("is unknown for several if nobody knows it of one", () => {
    expect(steadyEstimateOf([job(null), job(1, "b")])).toBeNull();
    expect(steadyEstimateOf([job(1, "b"), job(null)])).toBeNull();
  });

  it("is begun anew after a pause", () => {
    steadyEstimate(job(12));
    expect(steadyEstimate({ ...job(12), state: "paused" })).toBeNull();
    expect(steadyEstimate(job(13))).toBe(13);
  });
});
