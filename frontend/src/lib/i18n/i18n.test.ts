import { describe, expect, it } from "vitest";
import { ALL_ERRORS, FINAL_VIDEO_ERRORS } from "@/types/errors";
import { addedMessage } from "../addedMessage";
import { de as captionsDe } from "./captions/de";
import { en as captionsEn } from "./captions/en";
import { de } from "./de";
import { en } from "./en";
import { de as entryDe } from "./entry/de";
import { en as entryEn } from "./entry/en";
import { de as gridDe } from "./grid/de";
import { en as gridEn } from "./grid/en";
import { de as importsDe } from "./imports/de";
import { en as importsEn } from "./imports/en";
import { i18n } from "./index";
import { de as peopleDe } from "./people/de";
import { en as peopleEn } from "./people/en";
import { de as previewDe } from "./preview/de";
import { en as previewEn } from "./preview/en";
import { de as searchDe } from "./search/de";
import { en as searchEn } from "./search/en";
import { de as toolsDe } from "./tools/de";
import { en as toolsEn } from "./tools/en";
import { de as watchDe } from "./watch/de";
import { en as watchEn } from "./watch/en";

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${prefix}${key}`, value] as [string, string]]
      : leaves(value, `${prefix}${key}.`),
  );
}

const english = new Map(
  leaves({
    ...en,
    ...importsEn,
    ...entryEn,
    ...gridEn,
    ...peopleEn,
    ...previewEn,
    ...searchEn,
    ...toolsEn,
    ...captionsEn,
    ...watchEn,
  }),
);
const german = new Map(
  leaves({
    ...de,
    ...importsDe,
    ...entryDe,
    ...gridDe,
    ...peopleDe,
    ...previewDe,
    ...searchDe,
    ...toolsDe,
    ...captionsDe,
    ...watchDe,
  }),
);
const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

describe("both languages", () => {
  it("have the same keys", () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("use the same placeholders in each sentence", () => {
    for (const [key, text] of english)
      expect([key, names(german.get(key) ?? "")]).toEqual([key, names(text)]);
  });

  it("leave nothing empty, and shout nowhere", () => {
    for (const [key, text] of [...english, ...german]) {
      expect(text.trim(), key).not.toBe("");
      expect(text, key).not.toMatch(/!|Oops|Ups/);
    }
  });

  it("have a sentence for every error code", () => {
    for (const code of ALL_ERRORS) {
      expect(en.errors[code]).toMatch(/\.$/);
      expect(de.errors[code]).toMatch(/\.$/);
    }
  });

  it("have a word and a sentence for every reason why a video is missing", () => {
    for (const code of [...FINAL_VIDEO_ERRORS, "other"] as const) {
      for (const [words, more] of [
        [en, importsEn],
        [de, importsDe],
      ] as const) {
        expect(words.reasons[code], code).toMatch(/^[^_]+$/);
        expect(more.gone[`${code}_one`], code).toMatch(/^1 .+\.$/);
        expect(more.gone[`${code}_other`], code).toMatch(/^\{\{formatted\}\} .+\.$/);
      }
    }
  });

  it("never show a code, an upstream's name for itself or a number of HTTP", () => {
    for (const [key, text] of [...english, ...german]) {
      expect(text.replaceAll(/\{\{\w+\}\}/g, ""), key).not.toMatch(
        /[a-z]_[a-z]|oembed|timedtext|\b[45]\d\d\b|HTTP [45]|Error|Exception/i,
      );
    }
  });

  it("say the counts of a drop truly, only those that are not zero", async () => {
    const counts = { new: 1047, duplicate: 1, repeated: 0, rejected: 2, playlist: 1 };
    expect(addedMessage(counts, i18n.t, "en")).toBe(
      "1,047 videos added. 1 was already there. 1 playlist or channel is being looked up. 2 other lines had no video link.",
    );
    await i18n.changeLanguage("de");
    expect(addedMessage(counts, i18n.t, "de")).toBe(
      "1.047 Videos hinzugefügt. 1 war schon da. 1 Playlist oder Kanal wird nachgesehen. 2 andere Zeilen waren ohne Video-Link.",
    );
  });
});
