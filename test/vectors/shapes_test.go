package vectors_test

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/quality/box"
	"github.com/alaya-network/alaya/core/quality/geometry"
	"github.com/alaya-network/alaya/core/quality/mask"
	"github.com/alaya-network/alaya/core/quality/span"
	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/table"
)

var (
	//go:embed shapes_tags.tsv
	shapesTags string
	//go:embed shapes_boxes.tsv
	shapesBoxes string
	//go:embed shapes_masks.tsv
	shapesMasks string
	//go:embed shapes_want.tsv
	shapesWant string
	//go:embed shapes_cuboids.json
	shapesCuboids string
)

// shapesTable reads answers whose value is the third column.
func shapesTable[V any](t *testing.T, text string, value func(field string) V) *table.Table[V] {
	t.Helper()
	var answers []table.Answer[V]
	for _, f := range texts(text) {
		answers = append(answers, table.Answer[V]{Task: f[0], Worker: f[1], Value: value(f[2])})
	}
	tab, err := table.New(answers, table.KeepFirst)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func drawnBoxes(t *testing.T) *table.Table[[]box.Drawing[geometry.Box]] {
	t.Helper()
	return shapesTable(t, shapesBoxes, func(field string) (all []box.Drawing[geometry.Box]) {
		for _, corners := range strings.Fields(field) {
			n := integers[int64](t, corners, ",")
			all = append(all, box.Drawing[geometry.Box]{Shape: geometry.Box{X1: n[0], Y1: n[1], X2: n[2], Y2: n[3]}})
		}
		return all
	})
}

// shapesResult returns the numbers a method gives and what it finds, a line
// each.
func shapesResult(t *testing.T, method string) (numbers []float64, found []string) {
	t.Helper()
	if name, isMask := strings.CutPrefix(method, "mask "); isMask {
		return maskResult(t, name)
	}
	if method == "box" {
		return boxResult(t)
	}
	crowd, err := span.FromTags(shapesTable(t, shapesTags, strings.Fields), [32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := span.New(method)
	if err != nil {
		t.Fatal(err)
	}
	r := m.Aggregate(crowd)
	for i := range crowd.Tasks {
		found = append(found, strings.Join(r.Tags(crowd, i), " "))
		numbers = append(numbers, r.Confidence[i])
		for _, s := range r.Spans[i] {
			numbers = append(numbers, s.Confidence)
		}
	}
	return numbers, found
}

func boxResult(t *testing.T) (numbers []float64, found []string) {
	r, err := box.Aggregate(drawnBoxes(t), box.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	for _, clusters := range r.Clusters {
		for _, c := range clusters {
			numbers = append(numbers, c.Presence)
			line := fmt.Sprint(c.Shape.X1, c.Shape.Y1, c.Shape.X2, c.Shape.Y2)
			for _, m := range c.Members {
				line += fmt.Sprint(" ", m.Worker)
			}
			found = append(found, line)
		}
	}
	for _, w := range r.Workers {
		numbers = append(numbers, w.FalseShape, w.Missed, w.Sigma)
	}
	return numbers, found
}

func maskResult(t *testing.T, method string) (numbers []float64, found []string) {
	tab := shapesTable(t, shapesMasks, func(field string) mask.Mask {
		m, err := mask.FromRuns(18, 21, integers[int](t, field, " "))
		if err != nil {
			t.Fatal(err)
		}
		return m
	})
	m, err := mask.New(method)
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Aggregate(tab)
	if err != nil {
		t.Fatal(err)
	}
	for _, painted := range r.Masks {
		var pixels strings.Builder
		for i, n := range painted.Runs() {
			pixels.WriteString(strings.Repeat([]string{".", "#"}[i&1], n))
		}
		found = append(found, pixels.String())
	}
	numbers = r.Confidence
	for _, w := range r.Workers {
		numbers = append(numbers, w.Overlap)
	}
	return numbers, found
}

func TestSpansBoxesAndMasksGiveTheReferenceBits(t *testing.T) {
	for _, f := range texts(shapesWant) {
		method, wantNumbers, wantFound := f[0], f[1], f[2]
		numbers, found := shapesResult(t, method)
		sum := sha256.Sum256([]byte(strings.Join(found, "\n")))
		if got := hex.EncodeToString(sum[:]); got != wantFound {
			t.Errorf("%s: hash of what was found %s, want %s; found\n%s", method, got, wantFound, strings.Join(found, "\n"))
		}
		if got := hashOf(numbers); got != wantNumbers {
			t.Errorf("%s: hash of the numbers %s, want %s", method, got, wantNumbers)
		}
	}
}

// cuboid is a thing found in the boxes of the tables, stood up and turned.
type cuboid struct {
	Shape               geometry.Cuboid
	Members             int
	Presence, BadBorder int64 // ppm
	Overlap             int64 // of the first member with the others, ppm
}

// No second program makes these: they must be the same on every machine.
func TestCuboidsAreTheSameOnEveryMachine(t *testing.T) {
	flat := drawnBoxes(t)
	var answers []table.Answer[[]box.Drawing[geometry.Cuboid]]
	for i, task := range flat.Tasks {
		for _, v := range flat.Votes(i) {
			a := table.Answer[[]box.Drawing[geometry.Cuboid]]{Task: task, Worker: flat.Workers[v.Worker]}
			for _, d := range v.Value {
				b, turn := d.Shape, int64(v.Worker)*7001
				a.Value = append(a.Value, box.Drawing[geometry.Cuboid]{Shape: geometry.Cuboid{
					X: (b.X1 + b.X2) / 2, Y: (b.Y1 + b.Y2) / 2, Z: 10 + int64(v.Worker),
					Length: b.X2 - b.X1, Width: b.Y2 - b.Y1, Height: 60 + int64(v.Worker),
					Yaw: (int64(i)*400_009+turn)%geometry.Turn - geometry.Turn/2,
				}})
			}
			answers = append(answers, a)
		}
	}
	tab, err := table.New(answers, table.KeepFirst)
	if err != nil {
		t.Fatal(err)
	}
	r, err := box.Aggregate(tab, box.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	var found []cuboid
	for _, clusters := range r.Clusters {
		for _, c := range clusters {
			found = append(found, cuboid{
				c.Shape, len(c.Members), int64(strict.Ppm(c.Presence)), int64(strict.Ppm(c.BadBorder)), int64(strict.Ppm(c.Members[0].Overlap)),
			})
		}
	}
	got, err := json.MarshalIndent(found, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("shapes_cuboids.json", append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := strings.TrimSpace(shapesCuboids); string(got) != want {
		t.Errorf("cuboids differ from shapes_cuboids.json; got\n%s", got)
	}
}
