import { dragOver } from "../drag";
import { aPhone, atProvider, invitation, passwordOnly, person, theOwner, thisBrowser } from "../fakePeople";
import { library } from "../library";
import { firstTile, heading, type Scene, type State, tilesOfAllKinds } from "./scene";

const LINKS = "https://youtu.be/dQw4w9WgXcQ\nhttps://youtu.be/aaaaaaaaaa1";
const some = () => ({ videos: library(30) });
const withPeople = () => ({
  ...some(),
  hasPassword: true,
  browsers: [thisBrowser(), aPhone()],
  people: [theOwner(), person("u2", "Anna"), person("u3", "Berta Lindenthal-Oberhuber")],
  invitations: [invitation("i1", "Clara aus dem Chor"), invitation("i2", "")],
  ways: manyWays(),
  linked: [atProvider("johanna.lindenthal@chor.example")],
});
const manyWays = () => ({ ...passwordOnly(), provider: "Anmeldung des Chors", proxy: "johanna.lindenthal" });

/** What one meets before there is anything to see, and around it. */
export const entryStates: State[] = [
  { name: "sign-in", backend: () => ({ signedIn: false }), show: heading },
  {
    name: "sign-in-without-password",
    backend: () => ({ signedIn: false }),
    whole: true,
    show: async ({ page, words }) => {
      await page
        .locator("summary")
        .filter({ hasText: words("signIn.without") })
        .click();
      await page.getByText(words("signIn.forgotten")).waitFor();
    },
  },
  {
    // The proxy knows somebody who has no account here.
    name: "sign-in-other-ways",
    backend: () => ({ signedIn: false, ways: manyWays() }),
    show: async ({ page, words }) => {
      await page.getByRole("button", { name: words("signIn.continueAs") }).waitFor();
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "invitation",
    path: "/#invite=a-code-that-is-good",
    backend: () => ({ signedIn: false }),
    show: ({ page }) => page.getByRole("heading", { name: /Johanna/ }).waitFor(),
  },
  {
    name: "sign-in-shared",
    path: "/share?text=https://youtu.be/dQw4w9WgXcQ",
    backend: () => ({ signedIn: false }),
    show: heading,
  },
  {
    name: "first-use",
    backend: () => ({ lists: [{ id: "l1", name: "Watch later", video_count: 0 }] }),
    show: ({ page, words }) => page.getByRole("button", { name: words("empty.action") }).waitFor(),
  },
  {
    name: "list-empty",
    backend: () => ({}),
    show: ({ page, words }) => page.getByRole("heading", { name: words("empty.listTitle") }).waitFor(),
  },
  {
    name: "add-dialog",
    backend: some,
    show: async (scene) => {
      await firstTile(scene);
      await scene.page.keyboard.press("n");
      await scene.page.getByRole("textbox").fill(LINKS);
    },
  },
  {
    name: "drop-overlay",
    backend: tilesOfAllKinds,
    show: (scene) => hover(scene, () => dragOver(scene.page, { "text/uri-list": LINKS })),
  },
  {
    name: "drop-overlay-files",
    backend: tilesOfAllKinds,
    show: (scene) => hover(scene, () => dragOver(scene.page, {}, ["a.txt", "b.csv", "film.mp4"])),
  },
  {
    name: "drop-overlay-unreadable",
    backend: tilesOfAllKinds,
    show: (scene) => hover(scene, () => dragOver(scene.page, {}, ["film.mp4"])),
  },
  {
    name: "drop-kept",
    backend: () => ({ ...tilesOfAllKinds(), addFails: true }),
    show: async (scene) => {
      await firstTile(scene);
      await scene.page.locator("body").drop({ data: { "text/plain": LINKS } });
      await scene.page.getByRole("button", { name: scene.words("kept.discard") }).waitFor();
    },
  },
  { name: "settings", path: "/settings", backend: some, show: heading, whole: true },
  { name: "people", path: "/settings#people", backend: withPeople, show: heading, whole: true },
  {
    name: "shortcuts",
    backend: some,
    show: async (scene) => {
      await firstTile(scene);
      await scene.page.keyboard.press("?");
      await scene.page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "list-menu",
    menu: true,
    backend: some,
    show: async ({ page, words }) => {
      await page.getByRole("button", { name: words("lists.actions") }).click();
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "list-choice",
    menu: true,
    backend: some,
    show: async (scene) => {
      await firstTile(scene);
      const chooser = scene.page.getByRole("button", { name: /Watch later/ });
      if (await chooser.count()) await chooser.first().click();
    },
  },
  {
    name: "list-delete",
    backend: some,
    show: async ({ page, words }) => {
      await page.getByRole("button", { name: words("lists.actions") }).click();
      await page.getByRole("menuitem", { name: words("lists.delete") }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "crash",
    // A name that is none: nothing that a server of ours would send.
    backend: () => ({ lists: [{ id: "l1", name: {} as unknown as string, video_count: 3 }] }),
    show: ({ page, words }) => page.getByText(words("crash.title")).waitFor(),
  },
];

async function hover(scene: Scene, drag: () => Promise<unknown>) {
  await firstTile(scene);
  await drag();
  await scene.page.waitForTimeout(300);
}
