// Answers that are drawn on a picture.
import { png } from "../files.js";

const size = { w: 400, h: 300 };
const labels = [{ id: "car", color: "#c2410c" }, { id: "van", color: "#1d4ed8" }];
const px = (n) => n * 1024;

export const pictures = {
  title: "Cars in a picture",
  files: {
    "street.png": png({ width: size.w, height: size.h, colour: [188, 214, 235] }),
    "broken.png": png({ width: size.w, height: size.h, bytes: Buffer.from("no rows") }),
  },
  items: { mouse: { photo: "street.png" }, keys: { photo: "street.png" }, broken: { photo: "broken.png" }, strange: { photo: "street.png" } },
  rows: [
    {
      control: { name: "boxes", type: "box", target: "photo", labels, required: true },
      mouse: async (hand) => {
        await hand.button(/^van/).click();
        const { at } = await hand.lens(size);
        const [a, b] = [at(40, 30), at(200, 150)];
        await hand.drag(a, b);
        return [{ label: "van", x: a.u, y: a.v, w: b.u - a.u, h: b.v - a.v }];
      },
      keys: async (hand) => {
        await hand.reach(hand.stage);
        await hand.press("2", "ArrowLeft*6", "Enter", "ArrowRight*9", "ArrowDown*5", "Enter");
        await hand.fill({ "x, px": 32, "y, px": 24.5, "Width, px": 100, "Height, px": 60 });
        return [{ label: "van", x: px(32), y: px(24.5), w: px(100), h: px(60) }];
      },
    },
    {
      control: { name: "areas", type: "polygon", target: "photo", labels },
      mouse: async (hand) => {
        const { at } = await hand.lens(size);
        const ring = [at(50, 40), at(300, 60), at(220, 240)];
        await hand.click(...ring, ring[0]);
        return [{ label: "car", points: ring.map(({ u, v }) => [u, v]) }];
      },
      keys: async (hand) => {
        await hand.reach(hand.stage);
        await hand.press("ArrowLeft*9", "Enter", "ArrowRight*9", "Enter", "ArrowDown*9", "Enter", "ArrowLeft", "Enter", "Backspace", "c");
        await hand.fill({ Corners: "10, 20\n110.5, 20\n60, 90" });
        await hand.press("Tab");
        return [{ label: "car", points: [[px(10), px(20)], [px(110.5), px(20)], [px(60), px(90)]] }];
      },
    },
    {
      control: { name: "places", type: "keypoint", target: "photo", labels },
      mouse: async (hand) => {
        const { at } = await hand.lens(size);
        const [a, b] = [at(310, 220), at(120, 90)];
        await hand.click(a, b);
        return [{ label: "car", x: b.u, y: b.v }, { label: "car", x: a.u, y: a.v }];
      },
      keys: async (hand) => {
        await hand.reach(hand.stage);
        await hand.press("ArrowLeft", "ArrowRight", "Enter"); // the crosshair begins in the middle
        await hand.press("Control+z", "Control+Shift+z", "ArrowRight*3", "Shift+ArrowUp");
        return [{ label: "car", x: px(203), y: px(140) }];
      },
    },
    {
      control: { name: "paint", type: "mask", target: "photo", labels },
      mouse: async (hand) => {
        const { at } = await hand.lens(size);
        const [a, b] = [at(60, 80), at(180, 80)];
        await hand.drag(a, b);
        return [mask((x, y) => Math.hypot(x - Math.min(Math.max(x, a.u / 1024), b.u / 1024), y - a.v / 1024) <= 4)];
      },
      keys: async (hand) => {
        await hand.reach(hand.stage);
        await hand.press("]*2"); // the radius: 4, 5, 6.5
        await hand.press("ArrowLeft", "ArrowRight", "Enter");
        return [mask((x, y) => Math.hypot(x - 200, y - 150) <= 6.5)];
      },
    },
  ],
};

/** Run lengths, down the columns, of the pixels whose middle is in. */
function mask(isIn) {
  const counts = [0];
  let now = false;
  for (let x = 0; x < size.w; x++) {
    for (let y = 0; y < size.h; y++) {
      if (isIn(x + 0.5, y + 0.5) !== now) {
        now = !now;
        counts.push(0);
      }
      counts[counts.length - 1]++;
    }
  }
  return { label: "car", size: [size.h, size.w], counts };
}
