import { i18n } from "../index";
import { de } from "./de";
import { en } from "./en";

// Importing this file makes the texts known; the account, the people and the invitation do.
i18n.addResourceBundle("en", "translation", en, true);
i18n.addResourceBundle("de", "translation", de, true);
