package answer

import "github.com/alaya-network/alaya/core/fault"

// Boxes are rectangles, in 1/1024 px.
type Boxes []Box

// Box has its top left corner at X, Y, about which it is turned clockwise by
// Rot.
type Box struct {
	Label string `json:"label"`
	X     int64  `json:"x"`
	Y     int64  `json:"y"`
	W     int64  `json:"w"`
	H     int64  `json:"h"`
	Rot   int64  `json:"rot,omitempty"`
}

func (v Boxes) check(c Control) error { return checkRegions(c, v) }
func (r Box) label() string           { return r.Label }

func (r Box) bounds() error {
	if err := place(r.X, r.Y); err != nil {
		return err
	}
	if err := size(r.W, r.H); err != nil {
		return err
	}
	return within("rot", r.Rot, 1-MaxAngle, MaxAngle)
}

// Polygons are areas within a ring of points, in 1/1024 px.
type Polygons []Polygon

// Polygon is a ring of at least 3 points; the last joins the first.
type Polygon struct {
	Label  string     `json:"label"`
	Points [][2]int64 `json:"points"`
}

func (v Polygons) check(c Control) error { return checkRegions(c, v) }
func (r Polygon) label() string          { return r.Label }

func (r Polygon) bounds() error {
	if n := len(r.Points); n < 3 || n > MaxPoints {
		return fault.Limit("polygon of %d points: 3 to %d", n, MaxPoints)
	}
	for _, p := range r.Points {
		if err := place(p[0], p[1]); err != nil {
			return err
		}
	}
	return nil
}

// Keypoints are places, in 1/1024 px.
type Keypoints []Keypoint

// Keypoint is one place.
type Keypoint struct {
	Label string `json:"label"`
	X     int64  `json:"x"`
	Y     int64  `json:"y"`
}

func (v Keypoints) check(c Control) error { return checkRegions(c, v) }
func (r Keypoint) label() string          { return r.Label }
func (r Keypoint) bounds() error          { return place(r.X, r.Y) }

// Masks are sets of pixels.
type Masks []Mask

// Mask counts pixels of an image of Size height and width, down its columns:
// first how many are out, then how many are in, and so on.
type Mask struct {
	Label  string   `json:"label"`
	Size   [2]int64 `json:"size"`
	Counts []int64  `json:"counts"`
}

func (v Masks) check(c Control) error { return checkRegions(c, v) }
func (r Mask) label() string          { return r.Label }

func (r Mask) bounds() error {
	h, w := r.Size[0], r.Size[1]
	if h < 1 || w < 1 || h > MaxPixels || w > MaxPixels || h*w > MaxPixels {
		return fault.Limit("mask of %d by %d pixels: 1 to %d in all", h, w, int64(MaxPixels))
	}
	if len(r.Counts) > MaxRuns {
		return fault.Limit("mask of %d runs: at most %d", len(r.Counts), MaxRuns)
	}
	var sum int64
	for i, n := range r.Counts {
		if n < 0 || n == 0 && i > 0 || n > h*w {
			return fault.Invalid("run %d of %d pixels: 1 to %d, the first from 0", i, n, h*w)
		}
		sum += n
	}
	if sum != h*w {
		return fault.Invalid("runs of %d pixels: the mask has %d", sum, h*w)
	}
	return nil
}

func place(x, y int64) error {
	if err := within("x", x, -MaxPlace, MaxPlace); err != nil {
		return err
	}
	return within("y", y, -MaxPlace, MaxPlace)
}

func size(w, h int64) error {
	if err := within("w", w, 1, MaxPlace); err != nil {
		return err
	}
	return within("h", h, 1, MaxPlace)
}
