package world

import (
	"image"
	"image/color"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/market"
)

const (
	filmWidth, filmHeight = 320, 176 // whole macroblocks
	frames                = 40
	perSecond             = 8
)

func films(h *hand) Task {
	t := Task{
		Name: "films", Title: "Follow the boats", Tags: []string{"video", "tracking"},
		Summary: "Five seconds of a harbour. Follow every boat from the first frame to the last.",
		Spec: market.Spec{Question: "Where is each boat, in every frame?", Form: form(
			answer.Control{Name: "boats", Type: answer.TypeTrack, Target: "video", Labels: labels("sail", "tug"), Required: true},
		)},
	}
	for range each {
		boats := []boat{{"sail", h.between(8, 40), 66, h.between(2, 4)}, {"tug", h.between(230, 270), 116, -h.between(1, 3)}}
		tracks := answer.Tracks{}
		for _, b := range boats {
			tracks = append(tracks, answer.Track{Label: b.label, Frames: []answer.Frame{b.frame(0), b.frame(frames - 1)}})
		}
		var e encoder
		for f := range frames {
			e.add(harbour(boats, f))
		}
		a := asset{Mime: "video/mp4", Name: "harbour.mp4", Width: filmWidth, Height: filmHeight, Duration: frames * 1_000_000 / perSecond, FPS: perSecond}
		t.item(map[string]any{"video": t.file(a, e.mp4())}, t.filled(tracks))
	}
	return t
}

// boat goes v pixels a frame to the right.
type boat struct {
	label string
	x, y  int
	v     int
}

func (b boat) box(f int) image.Rectangle {
	x := b.x + b.v*f
	return image.Rect(x, b.y, x+36, b.y+30)
}

func (b boat) frame(f int) answer.Frame {
	box := boxOf(b.label, b.box(f))
	return answer.Frame{F: int64(f), X: box.X, Y: box.Y, W: box.W, H: box.H}
}

func harbour(boats []boat, f int) sheet {
	s := newSheet(filmWidth, filmHeight, color.RGBA{60, 110, 160, 255})
	s.fill(image.Rect(0, 0, filmWidth, 48), color.RGBA{200, 220, 240, 255})
	for x := 20; x < filmWidth; x += 60 {
		s.fill(image.Rect(x, 30, x+30, 48), color.RGBA{140, 120, 100, 255})
	}
	for _, b := range boats {
		r := b.box(f)
		s.fill(image.Rect(r.Min.X, r.Max.Y-10, r.Max.X, r.Max.Y), color.RGBA{90, 40, 30, 255})
		if b.label == "sail" {
			s.triangle(r.Min.X+4, r.Max.X-4, r.Max.Y-12, r.Min.Y, color.RGBA{250, 250, 245, 255})
		} else {
			s.fill(image.Rect(r.Min.X+8, r.Min.Y, r.Min.X+24, r.Max.Y-10), color.RGBA{230, 180, 40, 255})
		}
	}
	return s
}
