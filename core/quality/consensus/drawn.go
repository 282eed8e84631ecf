package consensus

import (
	"slices"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/box"
	"github.com/alaya-network/alaya/core/quality/geometry"
)

// Drawings of one task that are merged at most: those whose overlap is quick to
// find, and others.
const (
	maxDrawings = 1024
	fewDrawings = 512
)

// boxes is the kind of boxes: upright ones as they are, and all of a table or a
// pair as turned ones if any is.
type boxes struct {
	never
	upright regions[geometry.Box]
	turned  regions[geometry.Cuboid]
}

func newBoxes(_ answer.Control, s settings) kind {
	return boxes{
		upright: regions[geometry.Box]{settings: s, most: maxDrawings, read: readUpright, write: writeUpright},
		turned:  regions[geometry.Cuboid]{settings: s, most: maxDrawings, read: readTurned, write: writeTurned},
	}
}

func isTurned(v answer.Value) bool {
	return slices.ContainsFunc(v.(answer.Boxes), func(b answer.Box) bool { return b.Rot != 0 })
}

func (k boxes) similarity(a, b answer.Value) num.Ppm {
	if isTurned(a) || isTurned(b) {
		return k.turned.similarity(a, b)
	}
	return k.upright.similarity(a, b)
}

func (k boxes) merge(t *values) ([]answer.Value, error) {
	for i := range t.Tasks {
		for _, v := range t.Votes(i) {
			if isTurned(v.Value) {
				return k.turned.merge(t)
			}
		}
	}
	return k.upright.merge(t)
}

func readUpright(v answer.Value) []box.Drawing[geometry.Box] {
	return list(v.(answer.Boxes), func(b answer.Box) box.Drawing[geometry.Box] {
		return box.Drawing[geometry.Box]{Label: b.Label, Shape: geometry.Box{X1: b.X, Y1: b.Y, X2: b.X + b.W, Y2: b.Y + b.H}}
	})
}

func writeUpright(all []box.Drawing[geometry.Box]) answer.Value {
	return answer.Boxes(list(all, func(d box.Drawing[geometry.Box]) answer.Box {
		s := d.Shape
		return answer.Box{Label: d.Label, X: s.X1, Y: s.Y1, W: max(1, s.X2-s.X1), H: max(1, s.Y2-s.Y1)}
	}))
}

func readTurned(v answer.Value) []box.Drawing[geometry.Cuboid] {
	return list(v.(answer.Boxes), func(b answer.Box) box.Drawing[geometry.Cuboid] {
		return box.Drawing[geometry.Cuboid]{Label: b.Label, Shape: geometry.FromCorner(b.X, b.Y, b.W, b.H, b.Rot)}
	})
}

func writeTurned(all []box.Drawing[geometry.Cuboid]) answer.Value {
	return answer.Boxes(list(all, func(d box.Drawing[geometry.Cuboid]) answer.Box {
		x, y := d.Shape.Corner()
		return answer.Box{Label: d.Label, X: x, Y: y, W: d.Shape.Length, H: d.Shape.Width, Rot: d.Shape.Yaw}
	}))
}

func newCuboids(_ answer.Control, s settings) kind {
	return regions[geometry.Cuboid]{
		settings: s, most: maxDrawings,
		read: func(v answer.Value) []box.Drawing[geometry.Cuboid] {
			return list(v.(answer.Cuboids), func(c answer.Cuboid) box.Drawing[geometry.Cuboid] {
				return box.Drawing[geometry.Cuboid]{Label: c.Label, Shape: geometry.Cuboid{X: c.X, Y: c.Y, Z: c.Z, Length: c.L, Width: c.W, Height: c.H, Yaw: c.Yaw}}
			})
		},
		write: func(all []box.Drawing[geometry.Cuboid]) answer.Value {
			return answer.Cuboids(list(all, func(d box.Drawing[geometry.Cuboid]) answer.Cuboid {
				s := d.Shape
				return answer.Cuboid{Label: d.Label, X: s.X, Y: s.Y, Z: s.Z, L: s.Length, W: s.Width, H: s.Height, Yaw: s.Yaw}
			}))
		},
	}
}

func newKeypoints(_ answer.Control, s settings) kind {
	return regions[dot]{
		settings: s, most: maxDrawings,
		read: func(v answer.Value) []box.Drawing[dot] {
			return list(v.(answer.Keypoints), func(p answer.Keypoint) box.Drawing[dot] {
				return box.Drawing[dot]{Label: p.Label, Shape: dot{p.X, p.Y}}
			})
		},
		write: func(all []box.Drawing[dot]) answer.Value {
			return answer.Keypoints(list(all, func(d box.Drawing[dot]) answer.Keypoint {
				return answer.Keypoint{Label: d.Label, X: d.Shape.x, Y: d.Shape.y}
			}))
		},
	}
}

func newPolygons(_ answer.Control, s settings) kind {
	return regions[ring]{
		settings: s, most: fewDrawings,
		read: func(v answer.Value) []box.Drawing[ring] {
			return list(v.(answer.Polygons), func(p answer.Polygon) box.Drawing[ring] {
				return box.Drawing[ring]{Label: p.Label, Shape: newRing(p.Points)}
			})
		},
		write: func(all []box.Drawing[ring]) answer.Value {
			return answer.Polygons(list(all, func(d box.Drawing[ring]) answer.Polygon {
				return answer.Polygon{Label: d.Label, Points: d.Shape.points}
			}))
		},
	}
}

func newIntervals(_ answer.Control, s settings) kind {
	return regions[stretch]{
		settings: s, most: maxDrawings, worth: stretch.worth,
		read: func(v answer.Value) []box.Drawing[stretch] {
			return list(v.(answer.Intervals), func(r answer.Interval) box.Drawing[stretch] {
				return box.Drawing[stretch]{Label: r.Label, Shape: stretch{r.Start, r.End, r.Text}}
			})
		},
		write: func(all []box.Drawing[stretch]) answer.Value {
			return answer.Intervals(list(all, func(d box.Drawing[stretch]) answer.Interval {
				return answer.Interval{Label: d.Label, Start: d.Shape.start, End: d.Shape.end, Text: d.Shape.text}
			}))
		},
	}
}

func newTracks(_ answer.Control, s settings) kind {
	return regions[way]{
		settings: s, most: fewDrawings,
		read: func(v answer.Value) []box.Drawing[way] {
			return list(v.(answer.Tracks), func(r answer.Track) box.Drawing[way] {
				return box.Drawing[way]{Label: r.Label, Shape: way{r.Frames}}
			})
		},
		write: func(all []box.Drawing[way]) answer.Value {
			return answer.Tracks(list(all, func(d box.Drawing[way]) answer.Track {
				return answer.Track{Label: d.Label, Frames: d.Shape.frames}
			}))
		},
	}
}
