// Comfort only: filters the list of documents as one types. Without it all rows are there.
const seek = document.getElementById("seek"), state = document.getElementById("state");
const rows = [...document.querySelectorAll("#documents tbody tr")], told = document.getElementById("told");
function filter() {
  const words = seek.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  let left = 0;
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !(words.every((w) => text.includes(w)) && (!state.value || row.dataset.state === state.value));
    left += !row.hidden;
  }
  told.textContent = `${left} / ${rows.length}`;
}
document.querySelector(".seek").hidden = false;
seek.addEventListener("input", filter);
state.addEventListener("change", filter);
filter();
