// Answers that are chosen or typed.
const labels = (...ids) => ids.map((id) => ({ id }));

const guess = { bird: "owl", habits: ["shy"], kin: ["bird", "songbird", "tit"], sharp: 2, weight: 1250, remark: "é, 鳥 & <b>" };

export const plain = {
  title: "Birds, told in words",
  items: {
    mouse: { note: "A finch at the feeder." },
    keys: { note: "A tit in the tree." },
    guess: { note: "An owl, far away.", prelabels: { model: "bird-net 3", score_ppm: 900_000, value: guess } },
  },
  guess,
  rows: [
    {
      control: { name: "bird", type: "choice", labels: labels("tit", "finch", "owl"), required: true },
      mouse: async (hand) => {
        await hand.radio(/finch/).click();
        return "finch";
      },
      keys: async (hand) => {
        await hand.press("1");
        return "tit";
      },
    },
    {
      control: { name: "habits", type: "choices", labels: labels("tame", "shy", "loud") },
      mouse: async (hand) => {
        for (const name of [/tame/, /loud/, /shy/, /loud/]) await hand.frame.getByRole("checkbox", { name }).click();
        return ["shy", "tame"];
      },
      keys: async (hand) => {
        await hand.press("1", "3");
        return ["loud", "tame"];
      },
    },
    {
      control: { name: "kin", type: "path", labels: [...labels("bird", "beast"), { id: "songbird", parent: "bird" }, { id: "tit", parent: "songbird" }, { id: "finch", parent: "songbird" }] },
      mouse: async (hand) => {
        await hand.button("What is below bird").click();
        await hand.button("What is below songbird").click();
        await hand.radio(/finch/).click();
        return ["bird", "songbird", "finch"];
      },
      keys: async (hand) => {
        await hand.type("song tit");
        await hand.press("Control+a");
        await hand.type("tit");
        await hand.press("Tab", "Space");
        return ["bird", "songbird", "tit"];
      },
    },
    {
      control: { name: "sharp", type: "rating", max: 5 },
      mouse: async (hand) => {
        await hand.radio("4").click();
        return 4;
      },
      keys: async (hand) => {
        await hand.press("5");
        return 5;
      },
    },
    {
      control: { name: "weight", type: "number", min: 0, max: 100_000, decimals: 2, unit: "g" },
      mouse: async (hand) => {
        await hand.frame.getByRole("textbox").click();
        await hand.type("18.25");
        return 1825;
      },
      keys: async (hand) => {
        await hand.type("11,5");
        await hand.press("ArrowUp");
        return 1250;
      },
    },
    {
      control: { name: "remark", type: "text", max_length: 80 },
      mouse: async (hand) => {
        await hand.frame.getByRole("textbox").click();
        await hand.type("Schön \u{1F426} & <br>");
        return "Schön \u{1F426} & <br>";
      },
      keys: async (hand) => {
        await hand.type("two");
        await hand.press("Enter");
        await hand.type("lines");
        return "two\nlines";
      },
    },
  ],
};
