import { useEffect, useRef } from "react";
import { PerspectiveCamera, Vector3 } from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";
import type { Cuboid } from "@/records/form";
import type { Care } from "../../media/plane/painter";
import type { Point, Size } from "../../media/plane/view";
import type { Viewport } from "../../media/plane/viewport";
import type { Cloud } from "./points";
import { paintSolids, solidAt, type Edges, type Solids } from "./paintSolids";
import type { Scene } from "./scene";
import { corners, edges, type Vec } from "./solid";

interface FreeProps {
  cloud: Cloud;
  scene: Scene;
  /** Whose calls to repaint are followed. */
  signal: Viewport;
  solids: Solids;
  onSelect: (c: Cuboid | undefined) => void;
  label: string;
  className: string;
}

const rest = 140;
/** CSS pixels under which a press is a click. */
const still = 4;

/** A view in space, turned about a point: by mouse, touch, and with the arrow keys moved. */
export function Free({ cloud, scene, signal, solids, onSelect, label, className }: FreeProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const stage = useRef<FreeStage>(undefined);
  const select = useRef(onSelect);
  useEffect(() => {
    select.current = onSelect;
  });
  useEffect(() => {
    if (!frame.current || !canvas.current) return undefined;
    const free = new FreeStage(frame.current, canvas.current, { cloud, scene }, (c) => select.current(c));
    stage.current = free;
    const leave = signal.onRepaint((layer) => free.mark(layer === "base" ? "fine" : undefined));
    return () => {
      leave();
      free.stop();
    };
  }, [cloud, scene, signal]);
  useEffect(() => stage.current?.use(solids), [solids]);
  return (
    <div ref={frame} dir="ltr" role="application" aria-label={label} tabIndex={0} data-stage="" className={`relative touch-none overflow-hidden rounded-lg border border-line ${className}`}>
      <canvas ref={canvas} aria-hidden="true" className="absolute inset-0 size-full" />
    </div>
  );
}

/** Paints the view in space once a frame. */
class FreeStage {
  private readonly camera = new PerspectiveCamera(55, 1, 0.2, 2000);
  private readonly controls: OrbitControls;
  private readonly watch: ResizeObserver;
  private readonly stopped = new AbortController();
  private solids: Solids | undefined;
  private care: Care = "fine";
  private frame = 0;
  private timer = 0;
  private screen: Size = { w: 1, h: 1 };

  constructor(private readonly element: HTMLElement, private readonly canvas: HTMLCanvasElement, private readonly shown: { cloud: Cloud; scene: Scene }, select: (c: Cuboid | undefined) => void) {
    const { low, high } = shown.cloud;
    this.camera.up.set(0, 0, 1);
    const middle = new Vector3(...low).add(new Vector3(...high)).multiplyScalar(0.5);
    const far = Math.min(Math.max(high[0] - low[0], high[1] - low[1]), 120) * 0.45;
    this.camera.position.copy(middle).add(new Vector3(-far, -far * 0.4, far * 0.7));
    this.controls = new OrbitControls(this.camera, element);
    this.controls.target.copy(middle);
    this.controls.listenToKeyEvents(element);
    this.controls.update();
    this.controls.addEventListener("change", () => this.moved());
    this.watch = new ResizeObserver(([entry]) => this.resize(entry?.contentRect));
    this.watch.observe(element);
    this.listen(select);
  }

  use(solids: Solids) {
    this.solids = solids;
    this.mark();
  }

  mark(care: Care | undefined = undefined) {
    if (care) this.care = care;
    this.frame ||= requestAnimationFrame(() => this.paint());
  }

  stop() {
    cancelAnimationFrame(this.frame);
    window.clearTimeout(this.timer);
    this.stopped.abort();
    this.watch.disconnect();
    this.controls.dispose();
  }

  private listen(select: (c: Cuboid | undefined) => void) {
    const { signal } = this.stopped;
    let from: Point = { x: 0, y: 0 };
    const place = (e: PointerEvent): Point => {
      const box = this.canvas.getBoundingClientRect();
      return { x: e.clientX - box.left, y: e.clientY - box.top };
    };
    this.element.addEventListener("pointerdown", (e) => (from = place(e)), { signal });
    this.element.addEventListener("pointerup", (e) => {
      const to = place(e);
      if (Math.hypot(to.x - from.x, to.y - from.y) < still) select(solidAt(this.solids?.cuboids ?? [], to, (c) => this.project(c)));
    }, { signal });
  }

  private moved() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.mark("fine"), rest);
    this.mark("draft");
  }

  private resize(box: DOMRectReadOnly | undefined) {
    if (!box || box.width < 1 || box.height < 1) return;
    this.screen = { w: box.width, h: box.height };
    this.camera.aspect = box.width / box.height;
    this.camera.updateProjectionMatrix();
    this.mark("fine");
  }

  private paint() {
    this.frame = 0;
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const { w, h } = this.screen;
    const [pw, ph] = [Math.round(w * ratio), Math.round(h * ratio)];
    if (this.canvas.width !== pw || this.canvas.height !== ph) Object.assign(this.canvas, { width: pw, height: ph });
    const ctx = this.canvas.getContext("2d");
    if (!ctx) return;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.drawImage(this.shown.scene.draw(this.camera, this.screen, this.care), 0, 0, w, h);
    if (this.solids) paintSolids(ctx, this.solids, (c) => this.project(c));
  }

  private project(c: Cuboid): Edges {
    this.camera.updateMatrixWorld();
    const seen = corners(c).map((p: Vec) => {
      const v = new Vector3(...p).applyMatrix4(this.camera.matrixWorldInverse);
      const ahead = v.z < -this.camera.near;
      v.applyMatrix4(this.camera.projectionMatrix);
      return ahead ? { x: ((v.x + 1) / 2) * this.screen.w, y: ((1 - v.y) / 2) * this.screen.h } : undefined;
    });
    return edges.flatMap(([i, j]) => {
      const [a, b] = [seen[i], seen[j]];
      return a && b ? [[a, b] as [Point, Point]] : [];
    });
  }
}
