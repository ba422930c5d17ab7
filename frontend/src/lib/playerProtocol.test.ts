import { describe, expect, it } from "vitest";
import { command, isRefusal, parsePlayerMessage, playerUrl } from "./playerProtocol";

describe("talking to the embedded player", () => {
  it("builds the address with what messages and error 153 need", () => {
    const url = new URL(
      playerUrl("https://www.youtube-nocookie.com/embed/abc", "http://127.0.0.1:8000", 75.9),
    );
    expect(url.pathname).toBe("/embed/abc");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      enablejsapi: "1",
      origin: "http://127.0.0.1:8000",
      playsinline: "1",
      rel: "0",
      start: "75",
    });
  });

  it("says commands in the player's own words", () => {
    expect(JSON.parse(command("seekTo", [61.5, true]))).toEqual({
      event: "command",
      func: "seekTo",
      args: [61.5, true],
    });
  });

  it("reads time, length and state of an answer", () => {
    const message = {
      event: "infoDelivery",
      info: { currentTime: 3.5, duration: 60, playerState: 1, volume: 80 },
    };
    expect(parsePlayerMessage(JSON.stringify(message))).toEqual({
      event: "infoDelivery",
      info: { currentTime: 3.5, duration: 60, playerState: 1 },
    });
  });

  it.each(["", "not json", "null", "42", "{}", '{"event":3}', null, undefined, 7])(
    "is not confused by %s",
    (data) => {
      expect(parsePlayerMessage(data)).toBeNull();
    },
  );

  it("reads why it does not play, however it is told", () => {
    const error = (message: unknown) => parsePlayerMessage(message)?.info.error;
    expect(error('{"event":"onError","info":150}')).toBe(150);
    expect(error('{"event":"onStateChange","info":150}')).toBeUndefined();
    expect(error({ event: "initialDelivery", info: { videoData: { errorCode: "100" } } })).toBe(100);
    expect(error({ event: "initialDelivery", info: { videoData: { errorCode: "auth" } } })).toBeUndefined();
    expect([2, 100, 101, 150, 153].every(isRefusal)).toBe(true);
    expect(isRefusal(5)).toBe(false);
  });

  it("takes an event whose info is only a number", () => {
    expect(parsePlayerMessage('{"event":"onStateChange","info":1}')).toEqual({
      event: "onStateChange",
      info: {},
    });
  });
});
