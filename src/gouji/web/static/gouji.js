"use strict";
// The page of a document that is being checked looks again until it is settled.
const waiting = document.querySelector("[data-waiting]");
if (waiting && ["queued", "checking"].includes(waiting.dataset.state)) {
  const look = async () => {
    const answer = await fetch(`/api/v1/documents/${waiting.dataset.waiting}`);
    if (answer.ok) {
      const { state } = await answer.json();
      if (!["queued", "checking"].includes(state)) location.reload();
    }
    setTimeout(look, 1000);
  };
  setTimeout(look, 500);
}
