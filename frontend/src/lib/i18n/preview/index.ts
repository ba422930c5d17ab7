import { i18n } from "../index";
import { de } from "./de";
import { en } from "./en";

// Importing this file makes the words of the parts known that open on demand.
i18n.addResourceBundle("en", "translation", en, true);
i18n.addResourceBundle("de", "translation", de, true);
