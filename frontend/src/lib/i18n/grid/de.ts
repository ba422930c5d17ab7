import type { GridTranslation } from "./en";

export const de: GridTranslation = {
  selection: {
    bar: "Auswahl",
    count_zero: "Videos auswählen",
    count_one: "1 ausgewählt",
    count_other: "{{formatted}} ausgewählt",
    all: "Alle auswählen",
    end: "Auswahl beenden",
    move: "Verschieben …",
    moved_one: "1 Video nach „{{name}}“ verschoben.",
    moved_other: "{{formatted}} Videos nach „{{name}}“ verschoben.",
    moveFailed: "Nichts wurde verschoben. {{reason}}",
    removed_one: "1 Video entfernt.",
    removed_other: "{{formatted}} Videos entfernt.",
    removeFailed: "Nichts wurde entfernt. {{reason}}",
    removeTitle_one: "1 Video entfernen?",
    removeTitle_other: "{{formatted}} Videos entfernen?",
    removeText: "Auch ihre Untertitel und Kapitel werden entfernt. Auf YouTube ändert sich nichts.",
    retried_one: "1 Video wird erneut versucht.",
    retried_other: "{{formatted}} Videos werden erneut versucht.",
  },
};
