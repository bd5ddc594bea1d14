// Loads the page again once it is another by now, or one of its stylesheets is.
"use strict";
{
  const known = new Map();
  known.set(location.href.split("#")[0], document.currentScript.dataset.tag);
  for (const sheet of document.querySelectorAll('link[rel="stylesheet"]')) {
    known.set(sheet.href, "");
  }
  let isLooking = false;

  async function tagOf(url) {
    const answer = await fetch(url, { method: "HEAD", cache: "no-store" });
    if (answer.status >= 500) throw new Error(answer.status);
    return `${answer.status} ${answer.headers.get("ETag")}`;
  }

  async function isAnother() {
    for (const [url, before] of known) {
      const now = await tagOf(url);
      if (before && now !== before) return true;
      known.set(url, now);
    }
    return false;
  }

  async function look() {
    if (isLooking || document.hidden) return;
    isLooking = true;
    try {
      if (await isAnother()) location.reload();
    } catch {
      // The server is being started again, and the page stays as it is.
    }
    isLooking = false;
  }

  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
  look();
}
