// Both sides of the market, each person in a browser of her own: a request is
// made, bid on, answered, judged, paid, and its dataset taken home.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { accessible, Browser, picture } from "./kit/browser.js";
import * as desk from "./kit/desk.js";
import { csv, file, png, unzip, zip } from "./kit/files.js";
import { Node } from "./kit/node.js";
import { createAccount, importAccount, send } from "./kit/person.js";
import { story } from "./kit/story.js";
import * as work from "./kit/work.js";

let node;
let browser;
const wide = { viewport: { width: 1280, height: 800 } };
/** The requester's page, and the contributors: {name, page, address}. */
let rosa;
let crew;

before(async () => {
  node = await Node.sample();
  browser = await Browser.open();
  const { items } = await node.get("/api/v1/samples");
  rosa = await browser.person(node.url, wide);
  await importAccount(rosa, "Rosa", items.find((s) => s.role === "requester").phrase);
  crew = await Promise.all(["Ada", "Bo", "Cy"].map(newcomer));
});

after(async () => {
  await browser?.close();
  await node?.stop();
});

/** Somebody with a new key and no coins. */
async function newcomer(name) {
  const page = await browser.person(node.url, wide);
  return { name, page, address: await createAccount(page, name) };
}

const all = (people, deed) => Promise.all(people.map(({ page, ...who }) => deed(page, who)));
const requestOf = (id) => node.get(`/api/v1/requests/${id}`);
const state = (id, wanted) => node.until(async () => (await requestOf(id)).state === wanted, `request ${id} to be ${wanted}`);

const notes = [
  { id: "n1", text: "The soup was cold.", label: "cross" },
  { id: "n2", text: "Best bread in town.", label: "pleased" },
  { id: "n3", text: "Never again.", label: "cross" },
  { id: "n4", text: "The waiters smile.", label: "pleased" },
  { id: "n5", text: "Flies in my tea.", label: "cross" },
  { id: "n6", text: "A lovely evening, in \"all\"; we stay.", label: "pleased" },
];
const labels = ["pleased", "cross"];
const title = `Moods of guests, ${new Date().toISOString()}`; // a node that is used again has others
const known = notes.filter((n) => ["n1", "n2", "n5"].includes(n.id));

/** The key of the true label of a note; of the other one where somebody is wrong about it. */
const keyOfNote = (wrong = []) => async (item) => {
  const text = await item.innerText();
  const note = notes.find((n) => text.includes(n.text));
  return String(1 + labels.findIndex((l) => (l === note.label) !== wrong.includes(note.id)));
};

story("a request from its files to a dataset that is taken home", () => browser, async (step) => {
  let request;
  let read;
  let dataset;

  await step("the requester brings a table, a question, guidelines and known answers", async () => {
    await desk.begin(rosa, file("notes.csv", csv(["id", "text"], ...notes.map((n) => [n.id, n.text]))));
    await rosa.getByText("6 items").waitFor();
    await picture(rosa, "wizard-items");
    await desk.next(rosa, "Question");
    await desk.ask(rosa, { question: "Is the guest pleased?", labels });
    await picture(rosa, "wizard-question");
    await desk.next(rosa, "Guidelines");
    await rosa.getByLabel(/^Guidelines/).fill("## Pleased\nWhoever would come again.");
    await desk.next(rosa, "Known answers");
    await desk.choose(rosa, "Load a table", file("known.csv", csv(["item", "label"], ...known.map((n) => [n.id, n.label]))));
    await rosa.getByText("3 known answers").waitFor();
    await picture(rosa, "wizard-gold");
  });

  await step("sets terms, and sees what it will cost and bring", async () => {
    await desk.next(rosa, "Terms and money");
    await desk.terms(rosa, {
      Title: title, Summary: "Six notes that guests left on their plates.", Tags: "text/plates",
      "Accuracy at least": 50, "Known items needed": 3, "Answers per item, at most": 3, "Certainty per item": 90, "Items on a page": 3,
      "Most for one answer": 0.5, Budget: 9, "You: to review pay": 0.0125,
    });
    const forecast = rosa.getByRole("complementary", { name: "Forecast" });
    await forecast.getByText("9 ALY", { exact: true }).first().waitFor();
    await forecast.getByText("18", { exact: true }).waitFor();
    await picture(rosa, "wizard-terms");
    await accessible(rosa, "the terms of a request");
  });

  await step("reads it once more as the command line does", async () => {
    await desk.next(rosa, "Review and post");
    await rosa.getByText("The command line’s reader accepts it.").waitFor();
    await picture(rosa, "wizard-review");
    const folder = unzip(await desk.download(rosa, rosa.getByRole("button", { name: "Download the folder" })));
    const place = await mkdtemp(join(tmpdir(), "alaya-e2e-request-"));
    for (const [name, content] of folder) await writeFile(join(place, name), content);
    read = JSON.parse(await node.run("request", "post", join(place, "request.yaml"), "--dry-run", "--output", "json"));
    await rm(place, { recursive: true });
  });

  await step("signs, and what is on the chain is what the command line read", async () => {
    request = await desk.post(rosa);
    assert.deepEqual(comparable((await requestOf(request)).terms), comparable(read));
    assert.equal((await requestOf(request)).money.escrowed, "9180000", "the budget and 2 % of it");
  });

  await step("contributors without coins find it, read it and bid", async () => {
    await all(crew, async (page) => {
      await work.find(page, "plates guests", title);
      await page.getByText("Whoever would come again.").waitFor();
      await work.bid(page);
    });
    const [{ page, address }] = crew;
    assert.equal((await node.get(`/api/v1/accounts/${address}`)).balance, "0");
    await page.goto("/");
    await page.getByLabel("Kind of answer").selectOption({ label: "Boxes" });
    await page.getByRole("link", { name: /drawn streets/ }).first().waitFor();
    await page.getByRole("link", { name: title }).waitFor({ state: "hidden" });
    await page.getByLabel("Kind of answer").selectOption({ label: "One label" });
    await page.getByRole("link", { name: title }).click();
    await page.getByRole("heading", { name: "Your bid is in" }).waitFor();
  });

  await step("the requester sees the bids come in, and takes them", async () => {
    const bids = rosa.getByRole("table", { name: "Bids" }).getByRole("row");
    await bids.nth(3).waitFor();
    assert.equal(await bids.getByText("No record in this skill").count(), 3);
    await rosa.getByLabel("Choose all open bids").check();
    await rosa.getByText("18 answers offered; the first round takes 18").first().waitFor();
    await picture(rosa, "desk-bids");
    await desk.act(rosa, "Award to 3 people");
  });

  await step("they accept, and answer a first page by the keyboard", async () => {
    for (const { page } of crew) await work.accept(page);
    await all(crew, async (page, { name }) => {
      await page.getByRole("link", { name: "Start labelling" }).click();
      await work.take(page);
      await work.read(page, "Whoever would come again.");
      await work.answer(page, keyOfNote(name === "Cy" ? ["n4"] : []));
      await work.handIn(page);
    });
  });

  await step("the requester writes a rule more clearly", async () => {
    await desk.tab(rosa, "Guidelines");
    await rosa.getByRole("textbox", { name: "Guidelines" }).fill("## Pleased\nWhoever would come again.\nA smile counts.");
    await picture(rosa, "desk-guidelines");
    await desk.act(rosa, "Publish version");
    await rosa.getByRole("table", { name: "Versions" }).getByRole("row").nth(2).waitFor();
  });

  await step("they are told what changed, and answer the second page; one closes the tab at once", async () => {
    await all(crew, async (page, { name }) => {
      await work.take(page);
      await page.getByText("The guidelines changed: this page goes by version 2").waitFor();
      await page.getByRole("button", { name: "See what changed" }).click();
      await page.getByRole("dialog").getByText("What changed since version 1").waitFor();
      await page.getByRole("dialog").locator("p", { hasText: "Added:" }).getByText("A smile counts.").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "I have read it" }).click();
      await work.answer(page, keyOfNote(name === "Cy" ? ["n4"] : []));
      await work.handIn(page);
      if (name === "Cy") await page.close();
    });
  });

  await step("the requester opens the known answers and reads the verdict", async () => {
    await desk.openGold(rosa);
    await desk.tab(rosa, "Dashboard");
    await rosa.getByText("Holds", { exact: true }).waitFor({ timeout: 60_000 });
    await rosa.getByText(/on 3 items with known answers/).waitFor();
    const people = rosa.getByRole("table", { name: "People" }).getByRole("row");
    for (const { address } of crew) await people.filter({ hasText: address.slice(-4) }).getByText("6", { exact: true }).waitFor();
    await picture(rosa, "desk-dashboard");
    await accessible(rosa, "the dashboard of a request");
  });

  await step("pay is shown in review, and arrives when the review ends", async () => {
    await desk.tab(rosa, "Pay and review");
    await rosa.getByText("Review is open").waitFor({ timeout: 60_000 });
    await picture(rosa, "desk-review");
    const cy = crew.find((c) => c.name === "Cy");
    cy.page = await cy.page.context().newPage();
    await all(crew, async (page) => {
      await page.goto("/work?tab=earnings");
      await page.getByRole("listitem").filter({ hasText: title }).getByText("In review").waitFor();
    });
    await all(crew, async (page, { address }) => {
      await page.getByRole("listitem").filter({ hasText: title }).getByText("Released", { exact: true }).waitFor({ timeout: 90_000 });
      const { released } = await node.get(`/api/v1/parties/${address}/earnings`);
      assert.equal((await node.get(`/api/v1/accounts/${address}`)).balance, released);
      assert.ok(Number(released) > 0);
    });
    await picture(crew[0].page, "home-earnings");
  });

  await step("the requester takes the dataset home: what most of the three said", async () => {
    await state(request, "closed");
    dataset = (await requestOf(request)).datasets[0].id;
    await rosa.goto("/datasets?q=moods");
    await rosa.getByRole("link", { name: title }).click();
    await picture(rosa, "dataset");
    await desk.tab(rosa, "Files");
    const records = (await desk.download(rosa, rosa.getByRole("link", { name: "records.jsonl" }))).toString().trim().split("\n").map((l) => JSON.parse(l));
    const said = records.map(({ item, label, answers }) => ({ id: item, label, answers }));
    assert.deepEqual(said, notes.map(({ id, label }) => ({ id, label, answers: 3 })));
    const items = (await desk.download(rosa, rosa.getByRole("link", { name: "items.jsonl" }))).toString().trim().split("\n").map((l) => JSON.parse(l));
    assert.deepEqual(items, notes.map(({ id, text }) => ({ id, data: { text } })));
  });

  await step("its page tells what it is made of, where it comes from and how to check it", async () => {
    await desk.tab(rosa, "Ingredients");
    await rosa.getByText("Accuracy of at least 50%, 95% sure").waitFor();
    await rosa.getByText("2", { exact: true }).and(rosa.locator("dt:has-text('Versions of the guidelines') + dd")).waitFor();
    await desk.tab(rosa, "Records");
    const proofs = rosa.getByRole("link", { name: "Prove" });
    await proofs.nth(notes.length - 1).waitFor();
    assert.equal(await proofs.count(), notes.length);
    await desk.tab(rosa, "Lineage");
    for (const part of [title, "Verdict on round 1"]) await rosa.getByRole("list").getByText(part).first().waitFor();
    await desk.tab(rosa, "Verify");
    await picture(rosa, "dataset-verify");
    await rosa.getByRole("link", { name: "Prove one record here in the browser" }).click();
    await rosa.getByText("Every step holds.").waitFor();
    await rosa.getByRole("button", { name: "Change one bit" }).click();
    await rosa.getByText("The proof is broken.").waitFor();
  });
});

/** Terms without what posting them draws anew: salts and the clock. */
function comparable({ gold, bid_deadline, delivery_deadline, ...terms }) {
  return { ...terms, gold: gold.count, lasts: Number(delivery_deadline) - Number(bid_deadline) };
}

const spotted = `Spots, ${new Date().toISOString()}`;
const evidence = "b.png: the guidelines say nothing of violet.";
const spots = [
  { name: "a.png", colour: [200, 30, 30], label: "red" },
  { name: "b.png", colour: [30, 30, 200], label: "blue" },
  { name: "c.png", colour: [200, 30, 40], label: "red" },
];

/** The key of the true label of a spot, by the colour that is on screen. */
async function keyOfSpot(item) {
  const isRed = (image) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
    const draw = canvas.getContext("2d");
    return image.decode().then(() => {
      draw.drawImage(image, 0, 0, 1, 1);
      const [red, , blue] = draw.getImageData(0, 0, 1, 1).data;
      return red > blue;
    });
  };
  return (await item.getByRole("img").evaluate(isRed)) ? "1" : "2";
}

story("a request that does not go smoothly", () => browser, async (step) => {
  let request;
  const [ada, bo, cy] = crew;

  await step("an archive of pictures is brought, and known answers are marked in the browser", async () => {
    await desk.begin(rosa, file("spots.zip", zip(...spots.map((s) => [s.name, png({ width: 40, height: 30, colour: s.colour })])), "application/zip"));
    await rosa.getByText("3 items").waitFor();
    await picture(rosa, "wizard-pictures");
    await desk.next(rosa, "Question");
    await desk.ask(rosa, { question: "Which colour is it?", labels: ["red", "blue"] });
    await desk.next(rosa, "Guidelines");
    await desk.next(rosa, "Known answers");
    await rosa.getByLabel("How many").fill("3");
    await rosa.getByRole("button", { name: "Answer random items" }).click();
    await rosa.getByRole("region", { name: "Answer random items" }).getByText(/Item 1 of 3/).first().waitFor();
    await picture(rosa, "wizard-marking");
    await work.answer(rosa, keyOfSpot);
    await rosa.getByText("3 known answers").waitFor();
    for (const { name, label } of spots) await rosa.getByRole("row", { name: `${name} ${label}` }).waitFor();
    await desk.next(rosa, "Terms and money");
    await desk.terms(rosa, {
      Title: spotted, "Accuracy at least": 50, "Known items needed": 3, "Answers per item, at first": 2, "Answers per item, at most": 2,
      "Certainty per item": 60, "Most for one answer": 1, Budget: 6,
      "To answer a page": 25 / 3600, "You: to review pay": 75 / 3600, "A contest": 15 / 3600,
    });
    await desk.next(rosa, "Review and post");
    request = await desk.post(rosa);
  });

  await step("three are taken on", async () => {
    await all(crew, async (page) => {
      await page.goto(`/requests/${request}`);
      await work.bid(page);
    });
    await rosa.getByRole("table", { name: "Bids" }).getByRole("row").nth(3).waitFor();
    await rosa.getByLabel("Choose all open bids").check();
    await desk.act(rosa, "Award to 3 people");
    for (const { page } of crew) await work.accept(page);
  });

  await step("one lets the time for his page run out: it goes back, and another takes it", async () => {
    await bo.page.getByRole("link", { name: "Start labelling" }).click();
    await work.take(bo.page);
    await bo.page.keyboard.press("1");
    await bo.page.getByText("The time for this page ran out").waitFor({ timeout: 60_000 });
    await picture(bo.page, "console-expired");
    await bo.page.getByRole("button", { name: "Go on" }).click();
    await bo.page.getByRole("heading", { name: "Take pages" }).waitFor();
    await node.until(async () => (await requestOf(request)).rounds[0].leased === 0, "the page to go back");
    await ada.page.getByRole("link", { name: "Start labelling" }).click();
    await work.take(ada.page);
    await work.answer(ada.page, keyOfSpot);
    await work.handIn(ada.page);
  });

  await step("the requester closes the round that nobody goes on with", async () => {
    await desk.act(rosa, "Close round 1");
    await desk.openGold(rosa);
  });

  await step("the next round asks for what still lacks answers, and never the same person twice", async () => {
    await node.until(async () => (await requestOf(request)).rounds[1]?.state === "committing", "a second round");
    await bo.page.getByRole("button", { name: /^Take/ }).click();
    await bo.page.getByText("No page is left for you").waitFor();
    await cy.page.getByRole("link", { name: "Start labelling" }).click();
    await work.take(cy.page);
    await work.answer(cy.page, keyOfSpot);
    await work.handIn(cy.page);
    await desk.openGold(rosa);
  });

  await step("contests the pay, with evidence that the contributor reads", async () => {
    await desk.tab(rosa, "Pay and review");
    const pay = rosa.getByRole("row").filter({ hasText: ada.address.slice(-4) });
    await pay.getByRole("button", { name: "Contest", exact: true }).click({ timeout: 60_000 });
    const dialog = rosa.getByRole("dialog", { name: "Contest this pay" });
    await dialog.getByLabel("Reason").selectOption({ label: "Against the guidelines" });
    await dialog.getByLabel("Evidence").fill(evidence);
    await picture(rosa, "desk-contest");
    await dialog.getByRole("button", { name: "Contest", exact: true }).click();
    await send(rosa);
    await ada.page.goto("/work?tab=earnings");
    const entry = ada.page.getByRole("listitem").filter({ hasText: spotted });
    await entry.getByText("The requester contests this pay").waitFor();
    await entry.getByText("Against the guidelines").waitFor();
    await picture(ada.page, "home-contested");
    const told = await entry.getByRole("link", { name: /^bafk/ }).getAttribute("href");
    assert.equal(await (await fetch(node.url + told)).text(), evidence);
  });

  await step("it ends in her favour at the deadline, and is on the requester's record", async () => {
    const entry = ada.page.getByRole("listitem").filter({ hasText: spotted });
    await entry.getByText("The contest was overturned").waitFor({ timeout: 60_000 });
    await entry.getByText("Released", { exact: true }).waitFor({ timeout: 120_000 });
    await ada.page.goto(`/requests/${request}`);
    await ada.page.locator("dt:has-text('of that overturned') + dd", { hasText: "1 (100%)" }).waitFor();
  });
});

story("a request that is cancelled", () => browser, async (step) => {
  let request;

  await step("is posted", async () => {
    await desk.begin(rosa, file("two.jsonl", notes.slice(0, 2).map(({ id, text }) => JSON.stringify({ id, data: { text } })).join("\n")));
    await rosa.getByText("2 items").waitFor();
    await desk.next(rosa, "Question");
    await desk.ask(rosa, { question: "Is the guest pleased?", labels });
    for (const at of ["Guidelines", "Known answers", "Terms and money"]) await desk.next(rosa, at);
    await rosa.getByText("A title is still missing.").waitFor();
    await desk.terms(rosa, { Title: "Never mind", Budget: 1 });
  });

  await step("is left in the middle and taken up again, with its last word", async () => {
    await rosa.getByLabel("Tags").fill("text/moods");
    await rosa.getByRole("navigation").getByRole("link", { name: "Desk", exact: true }).first().click();
    await rosa.getByRole("region", { name: "Drafts" }).getByRole("link", { name: "Go on" }).click();
    assert.equal(await rosa.getByLabel("Tags").inputValue(), "text/moods");
    await desk.next(rosa, "Review and post");
    request = await desk.post(rosa);
  });

  await step("all its money returns, and nobody can bid any more", async () => {
    await desk.act(rosa, "Cancel request");
    await rosa.getByText("Cancelled", { exact: true }).waitFor();
    const { money } = await requestOf(request);
    assert.equal(money.refunded, money.escrowed);
    const { page } = crew[0];
    await page.goto(`/requests/${request}`);
    await page.getByText("It takes no more bids.").waitFor();
  });
});
