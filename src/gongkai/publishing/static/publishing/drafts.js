/* Keeps what is being typed in this window until it is saved, and offers it back; the form itself is never overwritten.

   In sessionStorage, not localStorage: officers share machines, and what is drafted is not public yet. It lives as
   long as the window, survives reloading and signing in anew, and is cleared when it was saved and at sign-out
   (ui/staff.js). The key holds the person, the item and the digest of the content that was opened. */

const PREFIX = "gongkai:draft:";
const form = document.querySelector("form[data-draft]");

function stored(work) {
  try {
    return work(window.sessionStorage);
  } catch (error) {
    return null; // storage is switched off or full: typing goes on without it
  }
}

function fieldsOf() {
  return [...form.elements].filter(
    (one) => one.name && (one.type !== "hidden" || one.name === "body_format") && one.type !== "file" && one.type !== "submit",
  );
}

function isChoice(one) {
  return one.type === "checkbox" || one.type === "radio";
}

function read() {
  return fieldsOf().map((one) => [one.name, isChoice(one) ? `${one.value}=${one.checked}` : one.value]);
}

function write(values) {
  const left = [...values];
  for (const one of fieldsOf()) {
    const at = left.findIndex(([name, value]) => name === one.name && (!isChoice(one) || value.startsWith(`${one.value}=`)));
    if (at < 0) continue;
    const [[, value]] = left.splice(at, 1);
    if (isChoice(one)) one.checked = value.endsWith("=true");
    else one.value = value;
  }
  form.elements.body_text.dispatchEvent(new Event("restored"));
}

function begin() {
  const owner = `${PREFIX}${form.dataset.draftOf}:`;
  const key = owner + form.dataset.draft;
  const offer = form.querySelector("[data-draft-offer]");
  const item = form.dataset.draft.split(":")[0];

  stored((storage) => {
    for (const other of Object.keys(storage)) {
      // Another person's, or of a text that was changed since: never to be mixed in.
      const foreign = other.startsWith(PREFIX) && !other.startsWith(owner);
      if (foreign || (other.startsWith(`${owner}${item}:`) && other !== key)) storage.removeItem(other);
    }
    storage.removeItem("gongkai:sent");
  });

  const kept = stored((storage) => JSON.parse(storage.getItem(key) || "null"));
  const asLoaded = JSON.stringify(read());
  if (kept && JSON.stringify(kept.values) !== asLoaded) {
    offer.querySelector("[data-draft-at]").textContent = new Date(kept.at).toLocaleString("zh-CN");
    offer.hidden = false;
    offer.querySelector("[data-draft-take]").addEventListener("click", () => {
      write(kept.values);
      offer.hidden = true;
    });
    offer.querySelector("[data-draft-drop]").addEventListener("click", () => {
      stored((storage) => storage.removeItem(key));
      offer.hidden = true;
    });
  }

  let timer = 0;
  const keep = () => {
    window.clearTimeout(timer);
    timer = 0;
    const values = read();
    if (JSON.stringify(values) === asLoaded) return;
    stored((storage) => storage.setItem(key, JSON.stringify({ at: Date.now(), values })));
  };
  form.addEventListener("input", () => {
    if (!timer) timer = window.setTimeout(keep, 800);
  });
  window.addEventListener("pagehide", () => {
    if (timer) keep();
  });
  form.addEventListener("submit", () => {
    keep();
    stored((storage) => storage.setItem("gongkai:sent", key));
  });
}

if (form) begin();
