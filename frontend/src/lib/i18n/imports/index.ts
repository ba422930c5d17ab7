import { i18n } from "../index";
import { de } from "./de";
import { en } from "./en";

// Importing this file makes the texts of the page of imports known; only that page does.
i18n.addResourceBundle("en", "translation", en, true);
i18n.addResourceBundle("de", "translation", de, true);
