// What a script can make easier. Every page works without it.

/** How many characters a field still takes, told beside it. */
function countDown(told) {
  const field = document.getElementById(told.dataset.count);
  if (!field) return;
  const tell = () => {
    const left = field.maxLength - field.value.length;
    told.textContent = told.dataset.left.replace("%s", left.toLocaleString(document.documentElement.lang));
  };
  field.addEventListener("input", tell);
  if (field.value) tell();
}

/** The reader's own clock beside a time that is given in another zone. */
function addOwnClock(time) {
  const given = time.dateTime;
  const moment = new Date(given);
  const theirs = /[+-]\d\d:\d\d$/.exec(given);
  const zone = theirs ? Number(theirs[0].slice(0, 3)) * 60 + Number(theirs[0][0] + theirs[0].slice(4)) : 0;
  const own = -moment.getTimezoneOffset();
  if (Number.isNaN(moment.valueOf()) || own === zone) return;
  const day = (minutes) => new Date(moment.valueOf() + minutes * 60000).toISOString().slice(0, 10);
  const form = { hour: "2-digit", minute: "2-digit" };
  if (day(own) !== day(zone)) Object.assign(form, { day: "numeric", month: "long" });
  const shown = new Intl.DateTimeFormat(document.documentElement.lang, form).format(moment);
  time.append(` (${time.dataset.clock.replace("%s", shown)})`);
}

/** Characters before a place in a text, as the server counts them; numbers of passages do not count. */
function charactersBefore(text, node, offset) {
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(node, offset);
  const part = range.cloneContents();
  part.querySelectorAll("sup").forEach((number) => number.remove());
  return [...part.textContent].length;
}

/** Marking a passage with mouse or finger fills the fields that name it. */
function fillFromMarked(text) {
  const form = document.querySelector("form[data-passage]");
  if (!form) return;
  const put = (name, value) => {
    const field = form.elements[name];
    if (field) field.value = value;
  };
  document.addEventListener("selectionchange", () => {
    const marked = document.getSelection();
    if (!marked.rangeCount || marked.isCollapsed) return;
    const range = marked.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const start = charactersBefore(text, range.startContainer, range.startOffset);
    const end = charactersBefore(text, range.endContainer, range.endOffset);
    const whole = text.cloneNode(true);
    whole.querySelectorAll("sup").forEach((number) => number.remove());
    put("start", start);
    put("end", end);
    put("quote", [...whole.textContent].slice(start, end).join(""));
  });
}

function improve(page) {
  page.querySelectorAll("[data-count]").forEach(countDown);
  page.querySelectorAll("time[data-clock]").forEach(addOwnClock);
  page.querySelectorAll("[data-passages]").forEach(fillFromMarked);
}

/** A request that never arrived is told, and not told any longer once one does. */
function tellWhetherReached(reached) {
  const told = document.getElementById("unreachable");
  if (told) told.hidden = reached;
}

improve(document);
document.addEventListener("htmx:sendError", () => tellWhetherReached(false));
document.addEventListener("htmx:beforeOnLoad", () => tellWhetherReached(true));
document.addEventListener("htmx:afterSwap", (event) => improve(event.target));
