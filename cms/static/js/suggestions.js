/* Beside an article's form: the suggestions, while a worker reads the text. Without it they stand as they were at load. */
"use strict";
{
  const part = document.getElementById("suggestions");
  const address = part && part.dataset.reading;

  if (address) {
    const FIRST = 1000;  // milliseconds until the first look; each further one waits a little longer
    const LONGEST = 10000;
    const PATIENCE = 60;  // looks, about nine minutes
    const told = part.querySelector("[role=status]");
    const list = part.querySelector("ul");
    const more = part.querySelector(".more");

    const say = (words) => {
      // A screen reader would read the same words again.
      if (told.textContent !== words) told.textContent = words;
    };
    const row = (suggestion) => {
      const item = document.createElement("li");
      const link = Object.assign(document.createElement("a"), { href: suggestion.address, textContent: suggestion.claim });
      const who = Object.assign(document.createElement("span"), { className: "quiet", textContent: `${suggestion.who} ${suggestion.act}` });
      item.append(link, " ", who);
      return item;
    };
    const show = (answer) => {
      say(answer.told);
      // A list that somebody is just going through stays; what came is there at the next load.
      if (list.contains(document.activeElement)) return;
      list.replaceChildren(...answer.suggestions.map(row));
      list.hidden = answer.suggestions.length === 0;
      more.textContent = `and ${answer.more} more`;
      more.hidden = answer.more === 0;
    };

    const look = async (times, pause) => {
      let goesOn = true;
      try {
        const reply = await fetch(address, { redirect: "error" });
        if (reply.ok) {
          const answer = await reply.json();
          goesOn = answer.reading;
          show(answer);
        } else {
          goesOn = reply.status >= 500;
        }
      } catch { /* the site does not answer just now */ }
      if (!goesOn) return;
      if (times === 1) return say("The text has not been read yet. Load the page again to see what was found.");
      setTimeout(look, pause, times - 1, Math.min(LONGEST, pause * 1.3));
    };
    setTimeout(look, FIRST, PATIENCE, FIRST);
  }
}
