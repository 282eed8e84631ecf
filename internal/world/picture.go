package world

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/market"
)

// px is one pixel in the unit of places.
const px = 1024

// sheet is a picture that is being drawn.
type sheet struct{ *image.RGBA }

func newSheet(w, h int, paint color.RGBA) sheet {
	s := sheet{image.NewRGBA(image.Rect(0, 0, w, h))}
	s.fill(s.Bounds(), paint)
	return s
}

func (s sheet) fill(r image.Rectangle, paint color.RGBA) {
	draw.Draw(s, r, image.NewUniform(paint), image.Point{}, draw.Src)
}

// disc paints what lies within r of a centre and returns which pixels it is.
func (s sheet) disc(cx, cy, r int, paint color.RGBA) func(x, y int) bool {
	in := func(x, y int) bool { return (x-cx)*(x-cx)+(y-cy)*(y-cy) <= r*r }
	for y := cy - r; y <= cy+r; y++ {
		for x := cx - r; x <= cx+r; x++ {
			if in(x, y) {
				s.SetRGBA(x, y, paint)
			}
		}
	}
	return in
}

// triangle paints a roof: a base from left to right, a tip above its middle.
func (s sheet) triangle(left, right, base, tip int, paint color.RGBA) {
	for y := tip; y < base; y++ {
		half := (right - left) * (y - tip) / (2 * (base - tip))
		s.fill(image.Rect((left+right)/2-half, y, (left+right)/2+half+1, y+1), paint)
	}
}

// png encodes the picture and adds it to the task.
func (s sheet) png(t *Task, name string) asset {
	var out bytes.Buffer
	if err := png.Encode(&out, s); err != nil {
		panic("world: " + err.Error()) // memory takes every picture
	}
	return t.file(asset{Mime: "image/png", Name: name, Width: s.Bounds().Dx(), Height: s.Bounds().Dy()}, out.Bytes())
}

func boxOf(label string, r image.Rectangle) answer.Box {
	return answer.Box{Label: label, X: int64(r.Min.X) * px, Y: int64(r.Min.Y) * px, W: int64(r.Dx()) * px, H: int64(r.Dy()) * px}
}

func streets(h *hand) Task {
	classes := labels("car", "van", "roof", "lamp") // on one picture: each has a colour of its own
	t := Task{
		Name: "streets", Title: "Cars, roofs and lamps in drawn streets", Tags: []string{"image", "boxes"},
		Summary: "Draw a box around every car, an outline around every roof, and a point on every lamp.",
		Spec: market.Spec{Question: "Mark cars, roofs and lamps.", Form: form(
			answer.Control{Name: "cars", Type: answer.TypeBox, Target: "image", Title: "Cars", Labels: classes[:2], Required: true},
			answer.Control{Name: "roofs", Type: answer.TypePolygon, Target: "image", Title: "Roofs", Labels: classes[2:3]},
			answer.Control{Name: "lamps", Type: answer.TypeKeypoint, Target: "image", Title: "Lamps", Labels: classes[3:]},
		)},
	}
	for range each {
		s := newSheet(640, 400, color.RGBA{188, 214, 235, 255})
		s.fill(image.Rect(0, 300, 640, 400), color.RGBA{92, 92, 98, 255})
		cars, roofs, lamps := answer.Boxes{}, answer.Polygons{}, answer.Keypoints{}
		for x := h.between(20, 60); x < 490; x += h.between(170, 230) {
			roofs = append(roofs, s.house(h, x))
			lamps = append(lamps, s.lamp(x+140))
		}
		for x := h.between(10, 80); x < 500; x += h.between(180, 260) {
			cars = append(cars, s.car(h, x))
		}
		t.item(map[string]any{"image": s.png(&t, "street.png")}, t.filled(cars, roofs, lamps))
	}
	return t
}

func (s sheet) house(h *hand, x int) answer.Polygon {
	top := h.between(150, 200)
	s.fill(image.Rect(x, top, x+120, 300), color.RGBA{uint8(h.between(180, 240)), uint8(h.between(170, 200)), 140, 255})
	s.fill(image.Rect(x+45, 245, x+75, 300), color.RGBA{96, 64, 40, 255})
	s.triangle(x-10, x+130, top, top-70, color.RGBA{160, 60, 50, 255})
	return answer.Polygon{Label: "roof", Points: [][2]int64{
		{int64(x-10) * px, int64(top) * px}, {int64(x+60) * px, int64(top-70) * px}, {int64(x+130) * px, int64(top) * px},
	}}
}

func (s sheet) lamp(x int) answer.Keypoint {
	s.fill(image.Rect(x-2, 215, x+2, 300), color.RGBA{50, 50, 50, 255})
	s.disc(x, 210, 9, color.RGBA{255, 230, 120, 255})
	return answer.Keypoint{Label: "lamp", X: int64(x) * px, Y: 210 * px}
}

func (s sheet) car(h *hand, x int) answer.Box {
	label, high := "car", 28
	if h.below(3) == 0 {
		label, high = "van", 46
	}
	body := image.Rect(x, 352-high, x+110, 360)
	s.fill(body, color.RGBA{uint8(h.between(30, 220)), uint8(h.between(30, 120)), uint8(h.between(30, 220)), 255})
	s.fill(image.Rect(x+70, body.Min.Y+6, x+102, body.Min.Y+20), color.RGBA{210, 230, 240, 255})
	for _, wheel := range []int{x + 24, x + 86} {
		s.disc(wheel, 360, 13, color.RGBA{20, 20, 20, 255})
	}
	return boxOf(label, image.Rect(x, body.Min.Y, x+110, 374))
}

func fruit(h *hand) Task {
	t := Task{
		Name: "fruit", Title: "Paint over the fruit", Tags: []string{"image", "segmentation"},
		Summary: "Paint a mask over all apples and one over all plums.",
		Spec: market.Spec{Question: "Paint over the fruit.", Form: form(
			answer.Control{Name: "fruit", Type: answer.TypeMask, Target: "image", Labels: labels("apple", "plum"), Required: true},
			answer.Control{Name: "ripe", Type: answer.TypeChoice, Target: "image", Title: "Is all of it ripe?", Labels: labels("yes", "no")},
		)},
	}
	for range each {
		const w, high = 320, 240
		s := newSheet(w, high, color.RGBA{226, 208, 170, 255})
		kinds := [][]func(x, y int) bool{nil, nil}
		for i := range 4 {
			cx, cy, r := 50+i*72, h.between(60, 180), h.between(24, 34)
			paint := color.RGBA{200, uint8(h.between(20, 60)), 30, 255}
			if i%2 == 1 {
				paint = color.RGBA{90, 30, uint8(h.between(100, 150)), 255}
			}
			kinds[i%2] = append(kinds[i%2], s.disc(cx, cy, r, paint))
		}
		masks := answer.Masks{maskOf("apple", w, high, kinds[0]), maskOf("plum", w, high, kinds[1])}
		t.item(map[string]any{"image": s.png(&t, "fruit.png")}, t.filled(masks, answer.Choice("yes")))
	}
	return t
}

// maskOf counts runs down the columns, first of what is out.
func maskOf(label string, w, high int, in []func(x, y int) bool) answer.Mask {
	m := answer.Mask{Label: label, Size: [2]int64{int64(high), int64(w)}}
	run, now := int64(0), false
	for x := range w {
		for y := range high {
			here := false
			for _, disc := range in {
				here = here || disc(x, y)
			}
			if here != now {
				m.Counts, run, now = append(m.Counts, run), 0, here
			}
			run++
		}
	}
	m.Counts = append(m.Counts, run)
	return m
}

func gauges(h *hand) Task {
	t := Task{
		Name: "gauges", Title: "Read the gauge", Tags: []string{"image", "reading"},
		Summary: "Read the needle of a round gauge from 0 to 10 bar, to a tenth.",
		Spec: market.Spec{Question: "What does the needle show?", Form: form(
			answer.Control{
				Name: "pressure", Type: answer.TypeNumber, Target: "image", Title: "Pressure", Hint: "From 0 at the lower left, clockwise, to 10 at the lower right, to a tenth",
				Min: ptr(0), Max: ptr(100), Decimals: 1, Unit: "bar", Required: true,
			},
		)},
	}
	for range each {
		value := h.between(0, 100)
		s := newSheet(260, 260, color.RGBA{245, 245, 240, 255})
		s.disc(130, 130, 120, color.RGBA{40, 44, 52, 255})
		s.disc(130, 130, 112, color.RGBA{252, 252, 250, 255})
		for tick := range 11 {
			s.ray(tick*10, 92, 108, color.RGBA{40, 44, 52, 255})
		}
		s.ray(value, 0, 88, color.RGBA{190, 30, 30, 255})
		t.item(map[string]any{"image": s.png(&t, "gauge.png")}, t.filled(answer.Number(value)))
	}
	return t
}

// ray draws from one distance to another in the direction of a value of 100.
func (s sheet) ray(value, from, to int, paint color.RGBA) {
	angle := (135 + 270*float64(value)/100) * math.Pi / 180
	for d := from; d <= to; d++ {
		x, y := 130+float64(d)*math.Cos(angle), 130+float64(d)*math.Sin(angle)
		s.disc(int(math.Round(x)), int(math.Round(y)), 2, paint)
	}
}
