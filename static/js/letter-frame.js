// Draws the Word document that the page around it hands over. It has no other way to get one.
const room = document.getElementById("letter");
const options = { experimental: true, renderAltChunks: false, ignoreLastRenderedPageBreak: false };
let latest = 0;

const tell = (word) => window.parent.postMessage(word, "*");

// A page is as wide as paper; on a small screen it is made smaller.
const fit = () => {
  const pages = [...room.querySelectorAll("section")];
  room.style.zoom = 1;
  const widest = Math.max(0, ...pages.map((page) => page.offsetWidth));
  const free = document.documentElement.clientWidth - 24;
  room.style.zoom = widest > free ? free / widest : 1;
};

const draw = async (data) => {
  const mine = ++latest;
  const drawn = document.createElement("div");
  await window.docx.renderAsync(data, drawn, null, options);
  if (mine !== latest) return;
  room.replaceChildren(drawn);
  window.scrollTo(0, 0);
  fit();
  tell("shown");
};

window.addEventListener("resize", fit);
window.addEventListener("message", (event) => {
  if (event.source === window.parent) draw(event.data).catch(() => tell("failed"));
});
// The keys that step from letter to letter work here too.
window.addEventListener("keydown", (event) => {
  if (["ArrowLeft", "ArrowRight"].includes(event.key)) tell(event.key);
});
tell("ready");
