// A node of one's own, in a folder of its own, for one story.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const binary = process.env.ALAYA_BIN ?? fileURLToPath(new URL("../../../bin/alaya", import.meta.url));
const patience = 120_000;

export class Node {
  #args;
  #process;
  #place = [];

  /**
   * Starts `alaya up` with more arguments and waits until it says where it is;
   * with ALAYA_URL one that runs already is used, for writing stories.
   */
  static async start(...args) {
    const node = new Node();
    node.home = await mkdtemp(join(tmpdir(), "alaya-e2e-"));
    if (process.env.ALAYA_URL) return Object.assign(node, { url: process.env.ALAYA_URL });
    node.#args = args;
    await node.#run("127.0.0.1:0");
    return node;
  }

  /** Starts a node with the sample world and waits until its requests are open. */
  static async sample() {
    const node = await Node.start("--sample");
    await node.until(async () => (await node.get("/api/v1/requests?state=open&limit=50")).items.length > 5, "the sample requests");
    return node;
  }

  /** Ends the process as a power cut would and starts it again at the same address. */
  async kill() {
    this.#process.kill("SIGKILL");
    await once(this.#process, "exit");
    await this.#run(new URL(this.url).host);
  }

  async stop() {
    if (this.#process?.exitCode === null) {
      this.#process.kill("SIGINT");
      await once(this.#process, "exit");
    }
    await rm(this.home, { recursive: true, force: true });
  }

  /** Asks the gateway; an answer that is no success is an error. */
  async get(path) {
    const answer = await fetch(this.url + path);
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** Waits until check comes true; what names it when it does not. */
  async until(check, what, within = patience) {
    const end = Date.now() + within;
    while (Date.now() < end) {
      if (await check().catch(() => false)) return;
      await new Promise((done) => setTimeout(done, 500));
    }
    throw new Error(`waited ${within} ms for ${what}`);
  }

  /**
   * Runs another command of the binary against this node and returns what it
   * printed. For one that runs already, ALAYA_HOME and ALAYA_NODE say where it is.
   */
  async run(...args) {
    const child = spawn(binary, [...args, "--gateway", this.url, ...this.#place], { stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    let err = "";
    child.stdout.on("data", (text) => (out += text));
    child.stderr.on("data", (text) => (err += text));
    const [code] = await once(child, "exit");
    if (code !== 0) throw new Error(`alaya ${args.join(" ")}: exit ${code}\n${err}`);
    return out;
  }

  async #run(address) {
    const args = ["up", "--home", this.home, "--http", address, "--rpc", "tcp://127.0.0.1:0", "--output", "json", ...this.#args];
    this.#process = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    let log = "";
    this.#process.stderr.on("data", (text) => (log = (log + text).slice(-4000)));
    const ready = new Promise((resolve, reject) => {
      this.#process.stdout.on("data", (text) => {
        said += text;
        const rpc = /"node":\s*"([^"]+)"/.exec(said)?.[1];
        const url = /"gateway":\s*"(http:[^"]+)"/.exec(said)?.[1];
        if (rpc) this.#place = ["--home", this.home, "--node", rpc];
        if (url) resolve(url);
      });
      this.#process.once("exit", (code) => reject(new Error(`alaya up: exit ${code}\n${log}`)));
      setTimeout(() => reject(new Error(`alaya up: not ready after ${patience} ms\n${log}`)), patience).unref();
    });
    this.url = await ready;
  }
}
