// Fetches the Word letter that data-letter names and hands it to the frame, which draws it.
const frame = document.querySelector("[data-letter-frame]");
const problem = document.querySelector("[data-letter-problem]");
const waiting = document.querySelector("[data-letter-waiting]");
let ready = false;
let wanted = "";

const say = (text) => {
  problem.textContent = text;
  problem.hidden = !text;
  frame.hidden = Boolean(text);
  waiting.hidden = true;
};

const fetched = async (address) => {
  const answer = await fetch(address);
  const word = (answer.headers.get("Content-Type") ?? "").includes("wordprocessingml");
  if (answer.ok && word) return answer.arrayBuffer();
  if (answer.status === 422) throw new Error(await answer.text());
  throw new Error(frame.dataset.lost);
};

const show = async () => {
  const address = document.querySelector("[data-letter]")?.dataset.letter ?? "";
  if (!ready || address === wanted) return;
  wanted = address;
  const slow = setTimeout(() => (waiting.hidden = false), 400);
  try {
    const data = address ? await fetched(address) : null;
    if (address !== wanted) return;
    say("");
    frame.hidden = !data;
    if (data) frame.contentWindow.postMessage(data, "*", [data]);
  } catch (error) {
    if (address === wanted) say(error instanceof TypeError ? frame.dataset.lost : error.message);
  } finally {
    clearTimeout(slow);
    waiting.hidden = true;
  }
};

const step = (key) => {
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[key];
  document.querySelector(`[data-letter] a[rel=${rel}]`)?.click();
};

window.addEventListener("message", (event) => {
  if (event.source !== frame.contentWindow) return;
  if (event.data === "ready") ready = true;
  if (event.data === "ready") show();
  if (event.data === "failed") say(frame.dataset.failed);
  step(event.data);
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  const alone = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
  if (alone && !typing) step(event.key);
});
document.addEventListener("htmx:afterSettle", show);
document.addEventListener("htmx:historyRestore", () => location.reload());
