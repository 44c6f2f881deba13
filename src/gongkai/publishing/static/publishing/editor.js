/* The editor of the item form: the text field becomes a page with a tool bar in words. Where it cannot start the field
   stays as it is. The schema comes from the server, which cleans by the same configuration whatever is sent. */

const field = document.querySelector("textarea[data-editor]");
const format = document.querySelector("input[name=body_format]");

/* What the library uses and Chromium 86 does not have. */
function fillIn(target, name, value) {
  if (!target[name]) Object.defineProperty(target, name, { value, writable: true, configurable: true });
}
fillIn(Object, "hasOwn", (object, key) => Object.prototype.hasOwnProperty.call(object, key));
for (const list of [Array.prototype, String.prototype]) {
  fillIn(list, "at", function (index) {
    const place = Math.trunc(index) || 0;
    return this[place < 0 ? this.length + place : place];
  });
}
fillIn(Array.prototype, "findLast", function (test) {
  for (let i = this.length - 1; i >= 0; i -= 1) if (test(this[i], i, this)) return this[i];
  return undefined;
});

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/* The text as the form holds it, as HTML: plain lines become paragraphs. */
function contentOf() {
  if (format.value === "html") return field.value;
  const paragraphs = field.value.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  return paragraphs.map((line) => make("p", {}, line).outerHTML).join("");
}

/* What Word and WPS put on the clipboard: titles by our levels, no styles, no spaces that only indent. Styles go before
   anything reads them: the policy of the page would refuse each of them aloud. */
function fromOffice(html) {
  const bare = html.replace(/<style\b[\s\S]*?<\/style>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(?:style|class|on[a-z]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, ""));
  const page = new DOMParser().parseFromString(bare, "text/html");
  page.querySelectorAll("style, script, xml, title, meta, link").forEach((one) => one.remove());
  for (const [theirs, ours] of [["h1", "h2"], ["h5", "h4"], ["h6", "h4"]]) {
    page.querySelectorAll(theirs).forEach((one) => one.replaceWith(make(ours, {}, ...one.childNodes)));
  }
  page.querySelectorAll("p").forEach((one) => {
    const walk = page.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
      text.data = text.data.replace(/^[\s\u3000\u00a0]+/, "");
      if (text.data) break;
    }
  });
  const walk = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) text.data = text.data.replace(/[\u00a0\t]+/g, " ");
  return page.body.innerHTML;
}

/* The text without the empty paragraph that the editor keeps at the end to write on. */
function written(editor) {
  return editor.isEmpty ? "" : editor.getHTML().replace(/(<p><\/p>)+$/, "");
}

function build(library) {
  const labels = JSON.parse(field.dataset.editorLabels);
  const wanted = JSON.parse(field.dataset.editorExtensions);
  const names = ["Document", "Paragraph", "Text", "Dropcursor", "Gapcursor", "NoSpellCheck", "History", "TrailingNode"];
  const extensions = names.map((name) => library[name]);
  for (const [name, options] of Object.entries(wanted)) {
    if (!options) continue;
    extensions.push(options === true ? library[name] : library[name].configure(options));
  }

  const label = document.querySelector(`label[for="${field.id}"]`);
  const help = document.getElementById(`${field.id}_helptext`);
  const id = field.id;
  if (label) {
    label.id = `${id}_label`;
    label.removeAttribute("for");
  }
  if (help) help.textContent = labels.help;

  const frame = make("div", { class: "editor" });
  const surface = make("div", { class: "editor-surface" });
  let editor = null;
  try {
    editor = new library.Editor({
      element: surface,
      extensions,
      content: contentOf(),
      injectCSS: false,
      editorProps: {
        attributes: {
          id,
          class: "text",
          role: "textbox",
          "aria-multiline": "true",
          "aria-labelledby": `${id}_label`,
          "aria-describedby": `${id}_helptext`,
        },
        transformPastedHTML: fromOffice,
      },
      onUpdate() {
        // As it was opened, and opened by clicking into it alone: then the field keeps the text to the letter.
        const now = written(editor);
        [field.value, format.value] = now === untouched ? asLoaded : [now, now ? "html" : "plain"];
        field.dispatchEvent(new Event("input", { bubbles: true }));
      },
    });
  } catch (error) {
    if (label) label.setAttribute("for", id);
    throw error;
  }
  const untouched = written(editor);
  const asLoaded = [field.value, format.value];
  const bar = toolbar(editor, labels);
  field.before(frame);
  field.id = `${id}_source`;
  field.hidden = true;
  frame.append(bar, surface);
  if (label) label.addEventListener("click", () => editor.commands.focus());
  field.addEventListener("restored", () => editor.commands.setContent(contentOf()));
}

function toolbar(editor, labels) {
  const bar = make("div", { class: "editor-bar", role: "toolbar", "aria-label": labels.toolbar });
  const states = [];
  const run = (command) => () => command(editor.chain().focus()).run();

  function group(...children) {
    bar.append(make("div", { class: "editor-group" }, ...children));
  }
  function button(name, command, isOn, isThere) {
    const one = make("button", { type: "button" }, labels[name]);
    one.addEventListener("click", command);
    states.push(() => {
      if (isOn) one.setAttribute("aria-pressed", String(Boolean(isOn())));
      if (isThere) one.hidden = !isThere();
    });
    return one;
  }

  const style = make("select", { "aria-label": labels.style });
  style.append(make("option", { value: "0" }, labels.paragraph));
  for (const level of [2, 3, 4]) style.append(make("option", { value: String(level) }, labels[`heading${level}`]));
  style.addEventListener("change", () => {
    const level = Number(style.value);
    run((chain) => (level ? chain.setHeading({ level }) : chain.setParagraph()))();
  });
  states.push(() => {
    style.value = String([2, 3, 4].find((level) => editor.isActive("heading", { level })) || 0);
  });

  const inTable = () => editor.isActive("table");
  const onLink = () => editor.isActive("link");
  const panel = linkPanel(editor, labels);
  group(style);
  group(
    button("bold", run((chain) => chain.toggleBold()), () => editor.isActive("bold")),
    button("italic", run((chain) => chain.toggleItalic()), () => editor.isActive("italic")),
  );
  group(
    button("bullets", run((chain) => chain.toggleBulletList()), () => editor.isActive("bulletList")),
    button("numbers", run((chain) => chain.toggleOrderedList()), () => editor.isActive("orderedList")),
    button("quote", run((chain) => chain.toggleBlockquote()), () => editor.isActive("blockquote")),
  );
  group(
    button("link", () => panel.open(), onLink),
    button("unlink", run((chain) => chain.extendMarkRange("link").unsetLink()), null, onLink),
  );
  group(
    button("table", run((chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true })), null, () => !inTable()),
    button("rowAfter", run((chain) => chain.addRowAfter()), null, inTable),
    button("rowGone", run((chain) => chain.deleteRow()), null, inTable),
    button("columnAfter", run((chain) => chain.addColumnAfter()), null, inTable),
    button("columnGone", run((chain) => chain.deleteColumn()), null, inTable),
    button("header", run((chain) => chain.toggleHeaderCell()), () => editor.isActive("tableHeader"), inTable),
    button("merge", run((chain) => chain.mergeCells()), null, inTable),
    button("split", run((chain) => chain.splitCell()), null, inTable),
    button("tableGone", run((chain) => chain.deleteTable()), null, inTable),
  );
  group(button("undo", run((chain) => chain.undo())), button("redo", run((chain) => chain.redo())));
  bar.append(panel.element);

  const refresh = () => states.forEach((state) => state());
  editor.on("transaction", refresh);
  editor.on("selectionUpdate", refresh);
  refresh();
  walkByArrows(bar);
  return bar;
}

/* One stop for the Tab key; the arrows go from tool to tool. */
function walkByArrows(bar) {
  const tools = () => [...bar.querySelectorAll(".editor-group button, .editor-group select")].filter((one) => !one.hidden);
  const choose = (chosen) => tools().forEach((one) => one.setAttribute("tabindex", one === chosen ? "0" : "-1"));
  choose(tools()[0]);
  bar.addEventListener("focusin", (event) => {
    if (tools().includes(event.target)) choose(event.target);
  });
  bar.addEventListener("keydown", (event) => {
    const all = tools();
    const at = all.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (at < 0 || !step) return;
    event.preventDefault();
    all[(at + step + all.length) % all.length].focus();
  });
}

function linkPanel(editor, labels) {
  const address = make("input", { type: "text", id: "editor-address", inputmode: "url", "aria-describedby": "editor-address-help" });
  const help = make("p", { class: "help", id: "editor-address-help" }, labels.addressHelp);
  const set = make("button", { type: "button" }, labels.set);
  const cancel = make("button", { type: "button" }, labels.cancel);
  const element = make("div", { class: "editor-link" }, make("label", { for: address.id }, labels.address), help, address, set, cancel);
  element.hidden = true;

  function close() {
    element.hidden = true;
    help.textContent = labels.addressHelp;
    editor.commands.focus();
  }
  function take() {
    const href = address.value.trim();
    if (!/^(https?:\/\/|mailto:|\/)/i.test(href)) {
      help.textContent = labels.wrongAddress;
      help.setAttribute("role", "alert");
      address.focus();
      return;
    }
    const chain = editor.chain().focus().extendMarkRange("link");
    if (editor.state.selection.empty && !editor.isActive("link")) {
      chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    } else {
      chain.setLink({ href }).run();
    }
    close();
  }
  set.addEventListener("click", take);
  cancel.addEventListener("click", close);
  address.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    if (event.key === "Enter") take();
    else close();
  });
  return {
    element,
    open() {
      address.value = editor.getAttributes("link").href || "";
      element.hidden = false;
      address.focus();
    },
  };
}

async function start() {
  let library = null;
  try {
    library = await import(field.dataset.editor);
  } catch (error) {
    return; // an old browser, or the file did not arrive: the plain field works
  }
  build(library);
}

if (field && format) start();
