/** As the server sees it: whitespace, marks without a letter, and signs that are drawn as nothing, name nothing. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Mn}\u115F\u1160\u2800\u3164\uFFA0]/u;

export const isVisibleName = (name: string): boolean => VISIBLE.test(name);
