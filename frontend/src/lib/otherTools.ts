/** What other tools are given to copy. All of it works as it stands, at the address this page is at. */

/**
 * A bookmark that hands the page it is clicked on over to `/share`, in a new tab that can't reach back. No code
 * is loaded, and no token is in it: whoever is signed in to Videothek in this browser adds the video.
 */
export function bookmarklet(origin: string): string {
  return `javascript:void open(${JSON.stringify(`${origin}/share?url=`)}+encodeURIComponent(location.href),"_blank","noopener")`;
}

/** Any text with links; the import goes into the oldest list. */
export function curlText(origin: string, token: string): string {
  return [
    `curl ${origin}/api/imports \\`,
    `  -H "Authorization: Bearer ${token}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{"text": "https://youtu.be/dQw4w9WgXcQ"}'`,
  ].join("\n");
}

export function curlFile(origin: string, token: string): string {
  return [
    `curl ${origin}/api/imports \\`,
    `  -H "Authorization: Bearer ${token}" \\`,
    `  -F file=@links.csv`,
  ].join("\n");
}
