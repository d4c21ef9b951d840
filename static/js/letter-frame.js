// Draws the Word document that the page around it hands over. It has no other way to get one.
const room = document.getElementById("letter");
const options = { experimental: true, renderAltChunks: false, ignoreLastRenderedPageBreak: false };
let latest = 0;

const tell = (word) => window.parent.postMessage(word, "*");

// A font that the machine lacks gives way to one of its kind; the browser alone would take Times.
const kindOf = (font) => {
  if (/courier|consol|mono/i.test(font)) return "monospace";
  const serif = /times|cambria|georgia|garamond|palatino|roman|bookman|century|serif$/i;
  return serif.test(font) && !/sans/i.test(font) ? "serif" : "sans-serif";
};
const withKind = (font) => (font.startsWith("var(") ? font : `${font}, ${kindOf(font)}`);

// docx-preview writes the letters' default style so that it misses the text of most paragraphs: the
// "span" stands behind the second of two selectors only. Weak enough for styles of their own.
const mend = (css) =>
  css
    .replace(/^\.docx p, (p\.\S+) span \{/gm, ".docx :where(p) span, $1 span {")
    .replace(/(font-family|--docx-\w+-font): ([^;]+);/g, (_, name, font) => `${name}: ${withKind(font)};`);

const mendAll = (drawn) => {
  for (const style of drawn.querySelectorAll("style")) {
    if (!style.textContent.includes("@font-face")) style.textContent = mend(style.textContent);
  }
  for (const element of drawn.querySelectorAll("[style*=font-family]")) {
    element.style.fontFamily = withKind(element.style.fontFamily);
  }
};

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
  mendAll(drawn);
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
