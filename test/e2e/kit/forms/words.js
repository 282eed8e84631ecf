// Answers that mark text, or compare it.
const text = "Hello \u{1F44B} Amina took the train to Zürich on Friday.";
const talk = [
  { speaker: "A", text: "Has \u{1F600} Tomás called?" },
  { speaker: "B", text: "Yes, from Kyoto." },
];
const data = { text, talk, good: "Boil it with vinegar.", short: "Vinegar.", wrong: "Buy another." };
const labels = [{ id: "person" }, { id: "place" }, { id: "day" }];

export const words = {
  title: "Who goes where",
  items: { mouse: data, keys: data },
  rows: [
    {
      control: { name: "names", type: "span", target: "text", labels, relations: ["goes_to"], required: true },
      mouse: async (hand) => {
        await hand.select(0, "mina"); // grows to the whole word
        await hand.button(/^person/).click();
        await hand.select(0, "Zürich");
        await hand.button(/^place/).click();
        await hand.relate(0, 1);
        return { spans: [{ start: 8, end: 13, label: "person" }, { start: 32, end: 38, label: "place" }], relations: [{ from: 0, to: 1, label: "goes_to" }] };
      },
      keys: async (hand) => {
        await hand.reach(hand.frame.locator("[data-passage]"));
        await hand.press("ArrowRight*3", "1");
        await hand.press("ArrowRight*8", "Shift+ArrowRight*2", "3");
        await hand.press("ArrowRight*3", "Enter", "Alt+r", "End", "Enter");
        return { spans: [{ start: 8, end: 13, label: "person" }, { start: 32, end: 48, label: "day" }], relations: [{ from: 0, to: 1, label: "goes_to" }] };
      },
    },
    {
      control: { name: "spoken", type: "span", target: "talk", labels },
      mouse: async (hand) => {
        await hand.select(1, "Kyoto");
        await hand.button(/^place/).click();
        await hand.select(0, "Tomás");
        await hand.button(/^person/).click();
        return { spans: [{ turn: 0, start: 6, end: 11, label: "person" }, { turn: 1, start: 10, end: 15, label: "place" }] };
      },
      keys: async (hand) => {
        await hand.reach(hand.frame.locator("[data-passage]").nth(1));
        await hand.press("ArrowRight*3", "2");
        return { spans: [{ turn: 1, start: 10, end: 15, label: "place" }] };
      },
    },
    {
      control: { name: "better", type: "preference", options: ["good", "wrong"] },
      mouse: async (hand) => {
        await hand.frame.getByText("A is better").click();
        return "left";
      },
      keys: async (hand) => {
        await hand.press("=");
        return "tie";
      },
    },
    {
      control: { name: "order", type: "ranking", options: ["wrong", "short", "good"] },
      mouse: async (hand) => {
        await hand.rank(2, 0);
        return ["good", "wrong", "short"];
      },
      keys: async (hand) => {
        await hand.press("3", "Alt+ArrowUp*2", "1", "Alt+ArrowDown");
        return ["good", "short", "wrong"];
      },
    },
  ],
};
