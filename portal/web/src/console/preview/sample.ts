import type { Item, Spec } from "@/records/form";

/** What the preview begins with: a form with one control of most kinds. */
export const sampleSpec: Spec = {
  question: "What does this review say?",
  guidelines: "# How to judge\n\nMark **every** name. Say how sure you are.\n\n- A person has a name of their own.\n- A place can be visited.",
  form: {
    controls: [
      {
        name: "names", type: "span", target: "text", title: "Names", relations: ["lives in"],
        labels: [{ id: "person", name: "Person", color: "#1c5592" }, { id: "place", name: "Place", color: "#a3221c" }],
      },
      { name: "tone", type: "choice", title: "Tone", required: true, labels: [{ id: "good", name: "Favourable" }, { id: "bad", name: "Unfavourable" }, { id: "mixed", name: "Mixed" }] },
      { name: "sure", type: "rating", title: "How sure are you?", max: 5 },
      { name: "price", type: "number", title: "Price named", decimals: 2, min: 0, unit: "€" },
      { name: "why", type: "text", title: "Why?", max_length: 200 },
    ],
  },
};

export const sampleItems: Item[] = [
  {
    id: "1",
    data: {
      text: "😀 Ada Lovelace moved from London to Ockham Park. The tea there costs 12.50 € and is worth every cent.",
      prelabels: { model: "tagger-2", score_ppm: 810_000, value: { tone: "good", names: { spans: [{ start: 2, end: 14, label: "person" }] } } },
    },
  },
  { id: "2", data: { text: "زارت السيدة آدا مدينة لندن في الربيع." } },
];
