// Answers that lie in time or in space: sound, measurements, films and clouds.
import { png } from "../files.js";
import { pcd, wav } from "../media.js";

const film = { w: 320, h: 180 };
const seconds = 3;
const time = Array.from({ length: 600 }, (_, i) => i);
const pump = { time, channels: { pressure: time.map((t) => Math.round(10 * Math.sin(t / 9))) }, unit: "s" };
const labels = [{ id: "low" }, { id: "high" }];
const px = (n) => n * 1024;

/** The road, from (0, -8) to (20, 8), but for what is under a car at (10, 2), 4 m by 2 m, from 0.2 m up to 1.7 m. */
const road = grid([0, 20, 0.5], [-8, 8, 0.5], [0, 0, 1]).filter(([x, y]) => Math.abs(x - 10) > 3 || Math.abs(y - 2) > 2);
const car = grid([8, 12, 0.25], [1, 3, 0.25], [0.2, 1.7, 0.1]);

function grid(...axes) {
  const along = ([from, to, step]) => Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => Math.round((from + i * step) * 100) / 100);
  const [xs, ys, zs] = axes.map(along);
  return xs.flatMap((x) => ys.flatMap((y) => zs.map((z) => [x, y, z])));
}

/** From above, in centimetres: five metres of air around the points. */
const above = { w: 3000, h: 2600 };
const mm = (n) => (n / 1024) * 10;

/** What the items show; the frames of a film that is single pictures are put away first, the other is recorded. */
export async function senses(put, recorded) {
  const frames = [];
  for (let i = 0; i < 12; i++) {
    const cid = await put(png({ width: film.w, height: film.h, colour: [60, 20 * i, 160] }));
    frames.push({ cid, mime: "image/png" });
  }
  const data = { sound: "tone.wav", pump, cloud: "road.pcd" };
  return {
    title: "What happens, and where",
    files: { "tone.wav": wav(seconds), "road.pcd": pcd([...road, ...car]), "film.webm": recorded },
    items: { mouse: { ...data, film: "film.webm" }, keys: { ...data, film: { frames, fps: 10 } } },
    rows,
  };
}

const rows = [
  {
    control: { name: "calls", type: "interval", target: "sound", labels, required: true },
    mouse: async (hand) => {
      await hand.button(/^high/).click();
      const at = await hand.clock(0, seconds * 1e6);
      const [from, to] = [at(500_000), at(1_750_000)];
      await hand.drag(from, to);
      await hand.field("What is said").click();
      await hand.type("mayday \u{1F4E3}");
      return [{ label: "high", start: from.t, end: to.t, text: "mayday \u{1F4E3}" }];
    },
    keys: async (hand) => {
      await hand.reach(hand.stage);
      await hand.press("2", "ArrowRight*3", "q", "Shift+ArrowRight*4", "w");
      await hand.fill({ Start: 0.5, End: 1.25, "What is said": "SOS" });
      return [{ label: "high", start: 500_000, end: 1_250_000, text: "SOS" }];
    },
  },
  {
    control: { name: "faults", type: "interval", target: "pump", labels, unit: "s" },
    mouse: async (hand) => {
      const at = await hand.clock(time[0], time.at(-1));
      const [from, to] = [at(120), at(300)];
      await hand.drag(from, to);
      return [{ label: "low", start: from.t, end: to.t }];
    },
    keys: async (hand) => {
      await hand.reach(hand.stage);
      await hand.press("Shift+ArrowRight*2", "q", "Shift+ArrowRight*4", "w");
      await hand.fill({ Start: 111, End: 333 });
      return [{ label: "low", start: 111, end: 333 }];
    },
  },
  {
    control: { name: "moves", type: "track", target: "film", labels },
    mouse: async (hand) => {
      const { at } = await hand.lens(film);
      const [a, b, held, moved] = [at(30, 40), at(90, 100), at(60, 70), at(80, 90)];
      await hand.drag(a, b);
      for (let i = 0; i < 5; i++) await hand.button(/^On/).click();
      await hand.frame.getByText(/^Frame 5 of/).waitFor();
      await hand.button(/^Select/).click();
      await hand.drag(held, moved);
      for (let i = 0; i < 4; i++) await hand.button(/^On/).click();
      await hand.button(/^Outside/).click();
      const box = { x: a.u, y: a.v, w: b.u - a.u, h: b.v - a.v };
      const later = { ...box, x: Math.round(a.u) + moved.u - held.u, y: Math.round(a.v) + moved.v - held.v };
      return [{ label: "low", frames: [{ f: 0, ...box }, { f: 5, ...later }, { f: 9, ...later, out: true }] }];
    },
    keys: async (hand) => {
      await hand.reach(hand.stage);
      await hand.press("2", "ArrowLeft*4", "Enter", "ArrowRight*9", "ArrowDown*5", "Enter");
      await hand.fill({ "x, px": 16, "y, px": 20, "Width, px": 64, "Height, px": 48 });
      await hand.reach(hand.stage, "Shift+Tab");
      await hand.press("f*5", "ArrowRight*3", "f*4", "o");
      const box = { y: px(20), w: px(64), h: px(48) };
      return [{ label: "high", frames: [{ f: 0, x: px(16), ...box }, { f: 5, x: px(19), ...box }, { f: 9, x: px(19), ...box, out: true }] }];
    },
  },
  {
    control: { name: "cars", type: "cuboid", target: "cloud", labels },
    mouse: async (hand) => {
      const { at } = await hand.lens(above);
      const [a, b] = [at(1200, 950), at(1800, 1250)]; // (7, 3.5) and (13, 0.5)
      await hand.drag(a, b);
      const [l, w] = [b.u - a.u, b.v - a.v].map(Math.round);
      const [x, y] = [-5000 + mm(Math.round(a.u) + l / 2), 13_000 - mm(Math.round(a.v) + w / 2)];
      return [{ label: "low", x, y, z: 950, l: mm(l), w: mm(w), h: 1500, yaw: 0 }];
    },
    keys: async (hand) => {
      await hand.reach(hand.stage);
      await hand.press("2", "ArrowUp*2", "Enter", "ArrowRight*9", "ArrowDown*3", "Enter");
      await hand.fill({ "x, m": 10, "y, m": -2.5, "z, m": 0.95, "Length, m": 4.2, "Width, m": 1.8, "Height, m": 1.5, "Heading, °": 90 });
      return [{ label: "high", x: 10_000, y: -2500, z: 950, l: 4200, w: 1800, h: 1500, yaw: 1_570_796 }];
    },
  },
];
