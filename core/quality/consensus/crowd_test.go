package consensus_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/quality"
	"github.com/alaya-network/alaya/core/quality/label"
)

// trade is a type of answer with how truths come about and how people err.
type trade struct {
	control answer.Control
	truth   func(r *rand.Rand) answer.Value
	// erring returns what somebody answers who errs with a probability of about
	// so much in each thing that he says.
	erring func(r *rand.Rand, truth answer.Value, error float64) answer.Value
}

func number(n int64) *int64 { return &n }

func labels(ids ...string) []answer.Label {
	var all []answer.Label
	for _, id := range ids {
		all = append(all, answer.Label{ID: id})
	}
	return all
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// off returns a number that lies off by about as much.
func off(r *rand.Rand, n int64, by float64) int64 { return n + int64(r.NormFloat64()*by) }

const words = "the a of to and in is it you that he was for on are with as his they be at one have this from or had by hot word but what some we can out other were all there when up use your how said an each she"

func trades() []trade {
	animals := []string{"cat", "cow", "dog", "hen"}
	tree := []answer.Label{{ID: "animal"}, {ID: "cat", Parent: "animal"}, {ID: "dog", Parent: "animal"}, {ID: "plant"}, {ID: "oak", Parent: "plant"}, {ID: "fern", Parent: "plant"}}
	options := []string{"a", "b", "c", "d"}
	said := strings.Fields(words)
	return []trade{
		{
			answer.Control{Type: answer.TypeChoice, Labels: labels(animals...)},
			func(r *rand.Rand) answer.Value { return answer.Choice(pick(r, animals...)) },
			func(r *rand.Rand, v answer.Value, e float64) answer.Value {
				if r.Float64() < e {
					return answer.Choice(pick(r, animals...))
				}
				return v
			},
		},
		{
			answer.Control{Type: answer.TypeChoices, Labels: labels(animals...)},
			func(r *rand.Rand) answer.Value { return subset(r, nil, animals, .5) },
			func(r *rand.Rand, v answer.Value, e float64) answer.Value {
				return subset(r, v.(answer.Choices), animals, e/2)
			},
		},
		{
			answer.Control{Type: answer.TypePath, Labels: tree},
			func(r *rand.Rand) answer.Value {
				return pick(r, answer.Path{"animal", "cat"}, answer.Path{"animal", "dog"}, answer.Path{"plant", "oak"}, answer.Path{"plant"})
			},
			func(r *rand.Rand, v answer.Value, e float64) answer.Value {
				if r.Float64() < e {
					return pick(r, answer.Path{"animal"}, answer.Path{"animal", "dog"}, answer.Path{"plant", "fern"})
				}
				return v
			},
		},
		{
			answer.Control{Type: answer.TypeRating, Max: number(5)},
			func(r *rand.Rand) answer.Value { return answer.Rating(1 + r.IntN(5)) },
			func(r *rand.Rand, v answer.Value, e float64) answer.Value {
				return answer.Rating(min(5, max(1, off(r, int64(v.(answer.Rating)), 2*e))))
			},
		},
		{
			answer.Control{Type: answer.TypeNumber, Min: number(-1000), Max: number(1000), Step: 10, Decimals: 2},
			func(r *rand.Rand) answer.Value { return answer.Number(10 * (r.Int64N(201) - 100)) },
			func(r *rand.Rand, v answer.Value, e float64) answer.Value {
				return answer.Number(min(1000, max(-1000, 10*(off(r, int64(v.(answer.Number)), 500*e)/10))))
			},
		},
		{
			answer.Control{Type: answer.TypeText},
			func(r *rand.Rand) answer.Value { return answer.Text(sentence(r, said)) },
			func(r *rand.Rand, v answer.Value, e float64) answer.Value {
				var heard []string
				for _, w := range strings.Fields(string(v.(answer.Text))) {
					switch x := r.Float64(); {
					case x < e/3:
					case x < e:
						heard = append(heard, pick(r, said...))
					default:
						heard = append(heard, w)
					}
				}
				return answer.Text(strings.Join(heard, " "))
			},
		},
		{
			answer.Control{Type: answer.TypeSpan, Labels: labels("PER", "ORG"), Relations: []string{"of"}},
			func(r *rand.Rand) answer.Value {
				var v answer.Spans
				for at := int64(0); at < 90; at += 10 + r.Int64N(20) {
					v.Spans = append(v.Spans, answer.Span{Start: at, End: at + 3 + r.Int64N(6), Label: pick(r, "PER", "ORG")})
				}
				if len(v.Spans) > 1 {
					v.Relations = []answer.Relation{{From: 0, To: 1, Label: "of"}}
				}
				return v
			},
			func(r *rand.Rand, v answer.Value, e float64) answer.Value {
				given := answer.Spans{Spans: []answer.Span{}}
				for _, s := range v.(answer.Spans).Spans {
					switch x := r.Float64(); {
					case x < e/3:
						continue
					case x < 2*e/3:
						s.End += r.Int64N(2)
					case x < e:
						s.Label = pick(r, "PER", "ORG")
					}
					given.Spans = append(given.Spans, s)
				}
				if len(given.Spans) > 1 && r.Float64() > e {
					given.Relations = []answer.Relation{{From: 0, To: 1, Label: "of"}}
				}
				return given
			},
		},
		drawnTrade(answer.TypeBox, func(r *rand.Rand, at [2]int64, label string) answer.Value {
			return answer.Boxes{{Label: label, X: at[0], Y: at[1], W: 50 << 10, H: 40 << 10}}
		}, func(r *rand.Rand, v answer.Value, by float64) answer.Value {
			b := v.(answer.Boxes)[0]
			return answer.Boxes{{Label: b.Label, X: off(r, b.X, by), Y: off(r, b.Y, by), W: max(1, off(r, b.W, by)), H: max(1, off(r, b.H, by))}}
		}),
		drawnTrade("turned", func(r *rand.Rand, at [2]int64, label string) answer.Value {
			return answer.Boxes{{Label: label, X: at[0], Y: at[1], W: 50 << 10, H: 40 << 10, Rot: r.Int64N(700_000)}}
		}, func(r *rand.Rand, v answer.Value, by float64) answer.Value {
			b := v.(answer.Boxes)[0]
			return answer.Boxes{{Label: b.Label, X: off(r, b.X, by), Y: off(r, b.Y, by), W: max(1, off(r, b.W, by)), H: max(1, off(r, b.H, by)), Rot: off(r, b.Rot, by)}}
		}),
		drawnTrade(answer.TypePolygon, func(r *rand.Rand, at [2]int64, label string) answer.Value {
			return answer.Polygons{{Label: label, Points: [][2]int64{at, {at[0] + 60<<10, at[1]}, {at[0] + 70<<10, at[1] + 50<<10}, {at[0], at[1] + 50<<10}}}}
		}, func(r *rand.Rand, v answer.Value, by float64) answer.Value {
			p := v.(answer.Polygons)[0]
			moved := answer.Polygon{Label: p.Label}
			for _, at := range p.Points {
				moved.Points = append(moved.Points, [2]int64{off(r, at[0], by), off(r, at[1], by)})
			}
			return answer.Polygons{moved}
		}),
		drawnTrade(answer.TypeKeypoint, func(_ *rand.Rand, at [2]int64, label string) answer.Value {
			return answer.Keypoints{{Label: label, X: at[0], Y: at[1]}}
		}, func(r *rand.Rand, v answer.Value, by float64) answer.Value {
			p := v.(answer.Keypoints)[0]
			return answer.Keypoints{{Label: p.Label, X: off(r, p.X, by), Y: off(r, p.Y, by)}}
		}),
		drawnTrade(answer.TypeInterval, func(_ *rand.Rand, at [2]int64, label string) answer.Value {
			return answer.Intervals{{Label: label, Start: at[0], End: at[0] + 60<<10, Text: "hello there " + label}}
		}, func(r *rand.Rand, v answer.Value, by float64) answer.Value {
			s := v.(answer.Intervals)[0]
			return answer.Intervals{{Label: s.Label, Start: off(r, s.Start, by), End: off(r, s.End, by), Text: s.Text}}
		}),
		drawnTrade(answer.TypeTrack, func(_ *rand.Rand, at [2]int64, label string) answer.Value {
			return answer.Tracks{{Label: label, Frames: []answer.Frame{{F: 0, X: at[0], Y: at[1], W: 50 << 10, H: 50 << 10}, {F: 60, X: at[0] + 90<<10, Y: at[1], W: 50 << 10, H: 50 << 10}}}}
		}, func(r *rand.Rand, v answer.Value, by float64) answer.Value {
			s := v.(answer.Tracks)[0]
			moved := answer.Track{Label: s.Label}
			for _, f := range s.Frames {
				moved.Frames = append(moved.Frames, answer.Frame{F: f.F, X: off(r, f.X, by), Y: off(r, f.Y, by), W: max(1, off(r, f.W, by)), H: f.H})
			}
			return answer.Tracks{moved}
		}),
		drawnTrade(answer.TypeCuboid, func(r *rand.Rand, at [2]int64, label string) answer.Value {
			return answer.Cuboids{{Label: label, X: at[0], Y: at[1], L: 60 << 10, W: 40 << 10, H: 40 << 10, Yaw: r.Int64N(3_000_000)}}
		}, func(r *rand.Rand, v answer.Value, by float64) answer.Value {
			c := v.(answer.Cuboids)[0]
			return answer.Cuboids{{Label: c.Label, X: off(r, c.X, by), Y: off(r, c.Y, by), Z: off(r, c.Z, by), L: c.L, W: c.W, H: c.H, Yaw: c.Yaw}}
		}),
		{
			answer.Control{Type: answer.TypeMask, Labels: labels("road", "sky")},
			func(r *rand.Rand) answer.Value { return answer.Masks{square(r, 10+r.Int64N(20), 10+r.Int64N(20), 0)} },
			func(r *rand.Rand, v answer.Value, e float64) answer.Value {
				if r.Float64() < e/4 {
					return answer.Masks{}
				}
				m := v.(answer.Masks)[0] // the first run tells where it is
				return answer.Masks{square(r, m.Counts[0]/64, m.Counts[0]%64, 10*e)}
			},
		},
		{
			answer.Control{Type: answer.TypePreference, Options: []string{"a", "b"}},
			func(r *rand.Rand) answer.Value { return pick(r, answer.Left, answer.Right) },
			func(r *rand.Rand, v answer.Value, e float64) answer.Value {
				if r.Float64() < e {
					return pick(r, answer.Left, answer.Right, answer.Tie)
				}
				return v
			},
		},
		{
			answer.Control{Type: answer.TypeRanking, Options: options},
			func(r *rand.Rand) answer.Value {
				ranking := slices.Clone(options)
				r.Shuffle(len(ranking), func(i, j int) { ranking[i], ranking[j] = ranking[j], ranking[i] })
				return answer.Ranking(ranking)
			},
			func(r *rand.Rand, v answer.Value, e float64) answer.Value {
				ranking := slices.Clone(v.(answer.Ranking))
				for i := range ranking[1:] {
					if r.Float64() < e {
						ranking[i], ranking[i+1] = ranking[i+1], ranking[i]
					}
				}
				return ranking
			},
		},
	}
}

func subset(r *rand.Rand, of answer.Choices, names []string, flip float64) answer.Choices {
	set := answer.Choices{}
	for _, name := range names {
		if slices.Contains(of, name) != (r.Float64() < flip) {
			set = append(set, name)
		}
	}
	return set
}

func sentence(r *rand.Rand, said []string) string {
	var all []string
	for range 8 + r.IntN(8) {
		all = append(all, pick(r, said...))
	}
	return strings.Join(all, " ")
}

// square is a square of 20 by 20 pixels of 64 by 64 near a column and a row.
func square(r *rand.Rand, column, row int64, by float64) answer.Mask {
	column, row = min(40, max(1, off(r, column, by))), min(40, max(1, off(r, row, by)))
	counts := []int64{column*64 + row}
	for range 19 {
		counts = append(counts, 20, 44)
	}
	used := counts[0] + 19*64 + 20
	return answer.Mask{Label: "road", Size: [2]int64{64, 64}, Counts: append(counts, 20, 64*64-used)}
}

// drawnTrade is that of regions made one by one: people miss some, and are off
// by some pixels with each.
func drawnTrade(of answer.Type, draw func(r *rand.Rand, at [2]int64, label string) answer.Value, moved func(r *rand.Rand, v answer.Value, by float64) answer.Value) trade {
	control := answer.Control{Name: "x", Type: of, Labels: labels("car", "man")}
	if of == "turned" {
		control.Type = answer.TypeBox
	}
	return trade{
		control,
		func(r *rand.Rand) answer.Value {
			var regions []json.RawMessage
			for n := range 2 + r.Int64N(3) {
				regions = append(regions, split(draw(r, [2]int64{n * 200 << 10, r.Int64N(200 << 10)}, pick(r, "car", "man")))...)
			}
			return join(control, regions)
		},
		func(r *rand.Rand, v answer.Value, e float64) answer.Value {
			regions := []json.RawMessage{}
			for _, region := range split(v) {
				if r.Float64() > e/2 {
					regions = append(regions, split(moved(r, join(control, []json.RawMessage{region}), e*15*1024))...)
				}
			}
			return join(control, regions)
		},
	}
}

// join makes one value of the texts of regions.
func join(c answer.Control, regions []json.RawMessage) answer.Value {
	texts := make([]string, len(regions))
	for i, region := range regions {
		texts[i] = string(region)
	}
	slices.Sort(texts)
	v, err := answer.Parse(c, []byte("["+strings.Join(slices.Compact(texts), ",")+"]"))
	if err != nil {
		panic(err)
	}
	return v
}

// split returns the texts of the regions of a value.
func split(v answer.Value) []json.RawMessage {
	var regions []json.RawMessage
	if err := json.Unmarshal(answer.Encode(v), &regions); err != nil {
		panic(err)
	}
	return regions
}

// job is a crowd at work: so many items, each answered by all the workers, who
// err as much as the list says; the first items are gold.
func job(seed uint64, t trade, items, gold int, errors []float64) (quality.Job, answer.Form, map[string]answer.Value) {
	r := rand.New(rand.NewPCG(seed, 7))
	t.control.Name = "x"
	form := answer.Form{Controls: []answer.Control{t.control}}
	truths := make(map[string]answer.Value)
	j := quality.Job{Salt: [32]byte{1}, Params: quality.Defaults()}
	j.Params.Target = 800_000
	for i := range items {
		task := fmt.Sprintf("item-%03d", i)
		truth := t.truth(r)
		truths[task] = truth
		text := func(v answer.Value) string { return string(form.Encode(answer.Values{v})) }
		if i < gold {
			j.Gold = append(j.Gold, label.Truth{Task: task, Label: text(truth)})
		}
		for w, e := range errors {
			j.Answers = append(j.Answers, quality.Answer{Task: task, Worker: fmt.Sprintf("worker-%d", w), Label: text(t.erring(r, truth, e)), Millis: 1000 + r.Int64N(5000)})
		}
	}
	return j, form, truths
}
