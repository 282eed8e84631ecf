// The hands of somebody who answers: one that holds a mouse, and one on the keyboard.

/** Whole pixels on the screen for places of what is shown, each with what lies exactly there. */
class Lens {
  constructor({ x, y, scale }) {
    Object.assign(this, { x, y, scale });
  }

  /** The pixel at a place; u and v are what lies there, in 1/1024. */
  at = (px, py) => {
    const [x, y] = [Math.round(this.x + px * this.scale), Math.round(this.y + py * this.scale)];
    return { x, y, u: ((x - this.x) / this.scale) * 1024, v: ((y - this.y) / this.scale) * 1024 };
  };
}

/** Answers one control of the item in view. */
export class Hand {
  constructor(page, item, { name, title = name }) {
    this.page = page;
    this.tab = page.getByRole("tab", { name: new RegExp(`^${title}\\b`) });
    this.frame = page.locator(`[id="control-${item}-${name}"]`);
    this.stage = this.frame.locator("[data-stage]").first();
  }

  /** Turns to the control, where it takes turns with others on one picture. */
  async turn() {
    if (await this.tab.isVisible()) await this.tab.click();
  }

  button = (name) => this.frame.getByRole("button", { name }).first();
  radio = (name) => this.frame.getByRole("radio", { name });
  field = (name) => this.frame.getByLabel(name, { exact: true });

  /** How a picture of a size lies on the stage: whole, in the middle. */
  async lens({ w, h }) {
    const { left, top, width, height } = await within(this.stage);
    const scale = Math.min(width / w, height / h);
    return new Lens({ x: left + (width - w * scale) / 2, y: top + (height - h * scale) / 2, scale });
  }

  /** How a stretch of time lies on its line, the last stage: the pixel at a time, and the time that lies there. */
  async clock(from, to) {
    const { left, top, width, height } = await within(this.frame.locator("[data-stage]").last());
    const scale = width / (to - from);
    return (time) => {
      const x = Math.round(left + (time - from) * scale);
      return { x, y: top + height / 2, t: from + (x - left) / scale };
    };
  }

  /** Drags with the button down. */
  async drag(from, to) {
    const { mouse } = this.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: 8 });
    await mouse.up();
  }

  async click(...places) {
    for (const { x, y } of places) {
      await this.page.mouse.move(x, y);
      await this.page.mouse.click(x, y);
    }
  }

  /** Selects words of a passage by dragging over them. */
  async select(passage, words) {
    const shown = this.frame.locator("[data-passage]").nth(passage);
    await shown.scrollIntoViewIfNeeded();
    const box = await shown.evaluate(boxOfWords, words);
    const y = box.y + box.height / 2;
    await this.drag({ x: box.x + 1, y }, { x: box.x + box.width - 1, y });
  }

  /** Joins a span of the list to another. */
  async relate(from, to) {
    const spans = this.frame.getByRole("list", { name: "Marked" }).getByRole("listitem");
    await spans.nth(from).getByRole("button").first().click();
    await this.button("Relate").click();
    await spans.nth(to).getByRole("button", { name: "Relate to this" }).click();
  }

  /** Drags a row of a ranking up to another's place. */
  async rank(from, to) {
    const rows = this.frame.getByRole("listitem");
    await rows.nth(from).scrollIntoViewIfNeeded();
    const [place, grip] = [await rows.nth(to).boundingBox(), await rows.nth(from).getByTitle("Drag to another place").boundingBox()];
    const x = grip.x + grip.width / 2;
    await this.drag({ x, y: grip.y + grip.height / 2 }, { x, y: place.y + 5 });
  }

  /** Presses keys, one after the other; "ArrowRight*3" is three times. */
  async press(...keys) {
    for (const key of keys) {
      const [, name, times = 1] = /^(.+?)(?:\*(\d+))?$/.exec(key);
      for (let i = 0; i < Number(times); i++) await this.page.keyboard.press(name);
    }
  }

  type = (text) => this.page.keyboard.type(text);

  /** Comes to the control by the key that leads to the next one, out of fields by Tab. */
  async arrive() {
    await this.#seek(this.frame, async () => ((await this.#typing()) ? "Tab" : "j"));
  }

  /** Goes on, or back, by Tab until an element has the focus. */
  async reach(element, key = "Tab") {
    await element.waitFor();
    await this.#seek(element, () => key);
  }

  async #seek(element, next) {
    for (let i = 0; i < 80; i++) {
      if ((await element.count()) > 0 && (await element.evaluate((e) => e.contains(document.activeElement)))) return;
      await this.press(await next());
    }
    throw new Error(`keys do not lead to ${element}`);
  }

  /** Types into the fields of what is selected, by their names. */
  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) {
      await this.reach(this.field(name));
      await this.press("Control+a");
      await this.type(String(value));
    }
  }

  #typing = () => this.page.evaluate(() => document.activeElement.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=range])"));
}

/** What of a stage is inside its border, once it is there and in the middle of the window. */
async function within(stage) {
  await stage.waitFor();
  return stage.evaluate((element) => {
    element.scrollIntoView({ block: "center" });
    const box = element.getBoundingClientRect();
    return { left: box.x + element.clientLeft, top: box.y + element.clientTop, width: element.clientWidth, height: element.clientHeight };
  });
}

/** Where words of a passage stand on the screen; runs in the page. */
function boxOfWords(passage, words) {
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x, y, width, height };
  }
  throw new Error(`the passage does not hold ${words}`);
}
