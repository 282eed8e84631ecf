import {
  BufferAttribute, BufferGeometry, type Camera, Color, Matrix4, OrthographicCamera, Points, Scene as World,
  ShaderMaterial, Vector3, WebGLRenderer,
} from "three";
import { MediaFault } from "../../media/fault";
import type { Care } from "../../media/plane/painter";
import { toPicture, type Size, type View } from "../../media/plane/view";
import type { Cloud } from "./points";
import type { Vec } from "./solid";
import type { Plan } from "./views";

/** What the colour of a point says. */
export const colourings = ["height", "intensity", "plain"] as const;
export type Colouring = (typeof colourings)[number];

/** Points drawn while a view moves: a fair sample, since they lie in no order. */
const draftPoints = 120_000;

/** The ground that points are drawn on, in every theme. */
export const ground = "#0d1214";

const vertex = `
  attribute float intensity;
  uniform float size; uniform float low; uniform float high; uniform int mode;
  varying vec3 tint;
  vec3 ramp(float t) {
    return clamp(vec3(1.5 - abs(4.0 * t - 3.0), 1.5 - abs(4.0 * t - 2.0), 1.6 - abs(4.0 * t - 1.0)), 0.12, 1.0);
  }
  void main() {
    float t = mode == 0 ? (position.z - low) / (high - low) : intensity;
    tint = mode == 2 ? vec3(0.82, 0.87, 0.88) : ramp(clamp(t, 0.0, 1.0));
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
    gl_PointSize = size;
  }`;

const fragment = `
  varying vec3 tint;
  void main() { gl_FragColor = vec4(tint, 1.0); }`;

/** Draws the points of a cloud, for any number of views, with one context. */
export class Scene {
  private readonly renderer: WebGLRenderer;
  private readonly world = new World();
  private readonly tiles: BufferGeometry[] = [];
  private readonly material: ShaderMaterial;
  private readonly flat = new OrthographicCamera();

  constructor(private readonly cloud: Cloud) {
    this.renderer = makeRenderer();
    this.world.background = new Color(ground);
    const [low, high] = usualHeights(cloud);
    this.material = new ShaderMaterial({
      vertexShader: vertex,
      fragmentShader: fragment,
      uniforms: { size: { value: 2 }, low: { value: low }, high: { value: high }, mode: { value: 0 } },
    });
    for (let t = 0; t + 1 < cloud.tiles.length; t++) this.addTile(cloud.tiles[t] ?? 0, cloud.tiles[t + 1] ?? 0);
    this.flat.matrixAutoUpdate = false;
  }

  colour(by: Colouring) {
    this.setUniform("mode", colourings.indexOf(by));
  }

  pointSize(size: number) {
    this.setUniform("size", size);
  }

  /** A flat view, between two depths toward the viewer, in metres. */
  plan(plan: Plan, view: View, screen: Size, care: Care, depth: [number, number]): HTMLCanvasElement {
    const from = toPicture(view, { x: 0, y: 0 });
    const to = toPicture(view, { x: screen.w, y: screen.h });
    const [right, up] = [new Vector3(...plan.right), new Vector3(...plan.up)];
    const back = right.clone().cross(up);
    const { flat } = this;
    const stand = depth[1] - new Vector3(...plan.origin).dot(back);
    flat.matrixWorld.copy(new Matrix4().makeBasis(right, up, back)).setPosition(new Vector3(...plan.origin).addScaledVector(back, stand));
    flat.matrixWorldInverse.copy(flat.matrixWorld).invert();
    flat.matrixWorldAutoUpdate = false;
    Object.assign(flat, { left: from.x / 100, right: to.x / 100, top: -from.y / 100, bottom: -to.y / 100, near: 0, far: depth[1] - depth[0] });
    flat.updateProjectionMatrix();
    return this.draw(flat, screen, care);
  }

  draw(camera: Camera, screen: Size, care: Care): HTMLCanvasElement {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(screen.w, screen.h, false);
    const share = care === "draft" ? Math.min(1, draftPoints / (this.cloud.positions.length / 3)) : 1;
    for (const tile of this.tiles) tile.setDrawRange(0, Math.ceil(tile.getAttribute("position").count * share));
    this.renderer.render(this.world, camera);
    return this.renderer.domElement;
  }

  dispose() {
    for (const tile of this.tiles) tile.dispose();
    this.material.dispose();
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }

  /** Adds the points from one index to another, which are drawn only where they are on the screen. */
  private addTile(from: number, to: number) {
    if (from === to) return;
    const { positions, intensity } = this.cloud;
    const bright = intensity.length > 0 ? intensity.subarray(from, to) : new Float32Array(to - from);
    const tile = new BufferGeometry();
    tile.setAttribute("position", new BufferAttribute(positions.subarray(from * 3, to * 3), 3));
    tile.setAttribute("intensity", new BufferAttribute(bright, 1));
    tile.computeBoundingSphere();
    this.tiles.push(tile);
    this.world.add(new Points(tile, this.material));
  }

  private setUniform(name: string, value: number) {
    const uniform = this.material.uniforms[name];
    if (uniform) uniform.value = value;
  }
}

function makeRenderer(): WebGLRenderer {
  try {
    return new WebGLRenderer({ antialias: false, preserveDrawingBuffer: true, powerPreference: "high-performance" });
  } catch {
    throw new MediaFault("display");
  }
}

/** The heights between which most points lie. */
function usualHeights({ positions }: Cloud): Vec {
  const stride = Math.max(1, Math.floor(positions.length / 3 / 20_000));
  const sample = Float32Array.from({ length: Math.floor(positions.length / 3 / stride) }, (_, i) => positions[i * stride * 3 + 2] ?? 0).sort();
  const at = (share: number) => sample[Math.floor(share * (sample.length - 1))] ?? 0;
  const [low, high] = [at(0.02), at(0.98)];
  return [low, Math.max(high, low + 0.5), 0];
}
