// Values of every type, given by a mouse; what a person would type is typed.
// Labels go by their ids.

/** Gives a control a value; shown is what of the item the control is about. */
export const give = (hand, control, value, shown) => givers[control.type](hand, value, shown, control);

const px = (units) => units / 1024;
const metres = (mm) => mm / 1000;
const size = ({ width, height }) => ({ w: width, h: height });
const named = (name) => new RegExp(`^${name}\\b`);

/** Draws each of some regions as a new one of its label. */
const regions = (draw) => async (hand, list, shown) => {
  for (const region of list) {
    await begin(hand, region.label);
    await draw(hand, region, shown);
  }
};

async function begin(hand, label) {
  await hand.button(/^New/).click();
  await pick(hand, label);
}

const pick = (hand, label) => hand.button(named(label)).click();

/** Drags from one corner of a box to the other. */
async function box(hand, { x, y, w, h }, shown) {
  const { at } = await hand.lens(size(shown));
  await hand.drag(at(px(x), px(y)), at(px(x + w), px(y + h)));
}

const givers = {
  choice: (hand, id) => hand.radio(named(id)).click(),

  async choices(hand, ids) {
    for (const id of ids) await hand.frame.getByRole("checkbox", { name: named(id) }).click();
  },

  async path(hand, ids) {
    for (const id of ids.slice(0, -1)) await hand.button(`What is below ${id}`).click();
    await hand.radio(named(ids.at(-1))).click();
  },

  rating: (hand, grade) => hand.radio(named(grade)).click(),
  number: (hand, n, _, { decimals = 0 }) => write(hand, String(n / 10 ** decimals)),
  text: write,

  async span(hand, { spans, relations = [] }, shown) {
    for (const { turn, start, end, label } of spans) {
      const text = turn === undefined ? shown : shown[turn].text;
      await hand.select(turn ?? 0, [...text].slice(start, end).join(""));
      await pick(hand, label);
    }
    for (const { from, to } of relations) await hand.relate(from, to);
  },

  preference: (hand, side) => hand.frame.getByText({ left: "A is better", right: "B is better", tie: "Equal" }[side]).click(),

  async ranking(hand, keys, _, { options }) {
    const order = [...options];
    for (const [to, key] of keys.entries()) {
      const from = order.indexOf(key);
      if (from === to) continue;
      await hand.rank(from, to);
      order.splice(to, 0, ...order.splice(from, 1));
    }
  },

  box: regions(box),

  polygon: regions(async (hand, { points }, shown) => {
    const { at } = await hand.lens(size(shown));
    const ring = points.map(([x, y]) => at(px(x), px(y)));
    await hand.click(...ring, ring[0]);
  }),

  keypoint: regions(async (hand, { x, y }, shown) => {
    const { at } = await hand.lens(size(shown));
    await hand.click(at(px(x), px(y)));
  }),

  mask: regions(async (hand, mask, shown) => {
    for (const { x, y, r } of discs(mask)) {
      await hand.field("Brush, pixels across").fill(String(2 * r));
      const { at } = await hand.lens(size(shown));
      await hand.click(at(x + 0.5, y + 0.5));
    }
  }),

  async interval(hand, list, shown) {
    const { time = [0, shown.duration_us] } = shown;
    for (const { label, start, end, text } of list) {
      const at = await hand.clock(time[0], time.at(-1));
      await hand.drag(at(start), at(end));
      await pick(hand, label);
      if (text) await hand.field("What is said").fill(text);
    }
  },

  async track(hand, tracks, film) {
    const frames = new Set(tracks.flatMap((track) => track.frames.map((key) => key.f)));
    for (const f of [...frames].sort((a, b) => a - b)) {
      await seek(hand, f, film);
      for (const track of tracks) await follow(hand, track, f, film);
    }
  },

  cuboid: regions(async (hand, { x, y, z, l, w, h, yaw }) => {
    const { at } = await hand.lens({ w: 1, h: 1 });
    await hand.drag(at(0.4, 0.4), at(0.6, 0.6));
    const fields = { "x, m": x, "y, m": y, "z, m": z, "Length, m": l, "Width, m": w, "Height, m": h };
    for (const [name, mm] of Object.entries(fields)) await hand.field(name).fill(String(metres(mm)));
    await hand.field("Heading, °").fill(String((yaw / 1e6) * (180 / Math.PI)));
  }),
};

async function write(hand, text) {
  await hand.frame.getByRole("textbox").click();
  await hand.type(text);
}

/** Discs that make up a mask but for its frays, each as large as fits. */
function* discs({ size: [h], counts }) {
  const pixels = counts.flatMap((run, i) => Array(run).fill(i % 2)).map((isIn, i) => ({ isIn, x: Math.floor(i / h), y: i % h })); // down the columns
  const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
  const edge = pixels.filter(({ isIn }, i) => !isIn && [1, -1, h, -h].some((way) => pixels[i + way]?.isIn));
  let left = pixels.filter(({ isIn }) => isIn).map((p) => ({ ...p, r: Math.floor(Math.min(...edge.map((e) => far(e, p)))) }));
  while (left.length > 0) {
    const widest = left.reduce((a, b) => (b.r > a.r ? b : a));
    if (widest.r < 4) return;
    yield widest;
    left = left.filter((p) => far(p, widest) > widest.r);
  }
}

/** Goes to a frame of a film by a click on the line of its frames. */
async function seek(hand, f, { duration_us, fps }) {
  const at = await hand.clock(0, (duration_us / 1e6) * fps);
  await hand.click(at(f + 0.5));
  await hand.frame.getByText(new RegExp(`^Frame ${f} of`)).waitFor();
}

/** Draws a track in its first frame; in later ones of its keyframes drags it along, as large as it was. */
async function follow(hand, { label, frames }, f, film) {
  const now = frames.findIndex((key) => key.f === f);
  if (now < 0) return;
  if (now === 0) {
    await begin(hand, label);
    return box(hand, frames[now], film);
  }
  await hand.button(/^Select/).click();
  const { at } = await hand.lens(size(film));
  const middle = ({ x, y, w, h }) => at(px(x + w / 2), px(y + h / 2));
  await hand.drag(middle(frames[now - 1]), middle(frames[now]));
}
