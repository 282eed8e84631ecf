package answer

import (
	"fmt"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/fault"
)

// Intervals are stretches of time.
type Intervals []Interval

// Interval runs from Start to End, which may be the same, in µs or in the unit
// of the series; Text is what was said in it.
type Interval struct {
	Label string `json:"label"`
	Start int64  `json:"start"`
	End   int64  `json:"end"`
	Text  string `json:"text,omitempty"`
}

func (v Intervals) check(c Control) error { return checkRegions(c, v) }
func (r Interval) label() string          { return r.Label }

func (r Interval) bounds() error {
	if err := within("start", r.Start, -MaxTime, MaxTime); err != nil {
		return err
	}
	if err := within("end", r.End, r.Start, MaxTime); err != nil {
		return err
	}
	if len(r.Text) > MaxText || !utf8.ValidString(r.Text) {
		return fault.Limit("text of %d bytes: at most %d of UTF-8", len(r.Text), MaxText)
	}
	return nil
}

// Tracks are boxes that move through a video.
type Tracks []Track

// Track is one box at its keyframes; between them it moves evenly.
type Track struct {
	Label  string  `json:"label"`
	Frames []Frame `json:"frames"`
}

// Frame is a box at frame F, in 1/1024 px; from one that is Out on it is not
// to be seen until the next.
type Frame struct {
	F   int64 `json:"f"`
	X   int64 `json:"x"`
	Y   int64 `json:"y"`
	W   int64 `json:"w"`
	H   int64 `json:"h"`
	Out bool  `json:"out,omitempty"`
}

func (v Tracks) check(c Control) error { return checkRegions(c, v) }
func (r Track) label() string          { return r.Label }

func (r Track) bounds() error {
	if n := len(r.Frames); n < 1 || n > MaxPoints {
		return fault.Limit("track of %d keyframes: 1 to %d", n, MaxPoints)
	}
	after := int64(0)
	for i, f := range r.Frames {
		if err := within("f", f.F, after, MaxPlace); err != nil {
			return fmt.Errorf("keyframe %d: %w", i, err)
		}
		after = f.F + 1
		if err := place(f.X, f.Y); err != nil {
			return fmt.Errorf("keyframe %d: %w", i, err)
		}
		if err := size(f.W, f.H); err != nil {
			return fmt.Errorf("keyframe %d: %w", i, err)
		}
	}
	return nil
}

// Cuboids are boxes in space.
type Cuboids []Cuboid

// Cuboid has its centre at X, Y, Z and extends L along its heading, W across
// and H up, in mm; it is turned by Yaw about the upright.
type Cuboid struct {
	Label string `json:"label"`
	X     int64  `json:"x"`
	Y     int64  `json:"y"`
	Z     int64  `json:"z"`
	L     int64  `json:"l"`
	W     int64  `json:"w"`
	H     int64  `json:"h"`
	Yaw   int64  `json:"yaw"`
}

func (v Cuboids) check(c Control) error { return checkRegions(c, v) }
func (r Cuboid) label() string          { return r.Label }

func (r Cuboid) bounds() error {
	if err := place(r.X, r.Y); err != nil {
		return err
	}
	if err := within("z", r.Z, -MaxPlace, MaxPlace); err != nil {
		return err
	}
	if err := within("l", r.L, 1, MaxPlace); err != nil {
		return err
	}
	if err := size(r.W, r.H); err != nil {
		return err
	}
	return within("yaw", r.Yaw, 1-MaxAngle, MaxAngle)
}
