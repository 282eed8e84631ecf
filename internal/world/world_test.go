package world_test

import (
	"bytes"
	"encoding/json"
	"image/png"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/internal/world"
)

func TestTheSameSeedGivesTheSameWorld(t *testing.T) {
	one, again, other := world.Tasks("seed"), world.Tasks("seed"), world.Tasks("other")
	if !reflect.DeepEqual(one, again) {
		t.Error("two worlds of one seed differ")
	}
	if reflect.DeepEqual(one, other) {
		t.Error("two seeds give one world")
	}
}

func TestEveryTaskCanBeAskedAndAnswered(t *testing.T) {
	types := map[string]bool{}
	for _, task := range world.Tasks("seed") {
		if err := task.Spec.Validate(); err != nil {
			t.Errorf("%s: %v", task.Name, err)
		}
		if len(task.Items) != len(task.Truth) || len(task.Items) < 4 {
			t.Errorf("%s: %d items, %d truths", task.Name, len(task.Items), len(task.Truth))
		}
		for i, truth := range task.Truth {
			if truth.Item != task.Items[i].ID {
				t.Errorf("%s: truth %d is of %s", task.Name, i, truth.Item)
			}
			if task.Spec.Form == nil {
				if !slices.Contains(task.Spec.Labels, truth.Label) {
					t.Errorf("%s: truth %q", task.Name, truth.Label)
				}
				continue
			}
			values, err := task.Spec.Form.Parse([]byte(truth.Value))
			if err != nil {
				t.Errorf("%s: %v", task.Name, err)
				continue
			}
			for n, c := range task.Spec.Form.Controls {
				types[string(c.Type)] = types[string(c.Type)] || values[n] != nil
			}
		}
		files := map[string]bool{}
		for _, f := range task.Files {
			if len(f) > 1<<20 {
				t.Errorf("%s: a file of %d bytes", task.Name, len(f))
			}
			files[id.RawCID(f).String()] = true
		}
		for _, item := range task.Items {
			if !json.Valid(item.Data) {
				t.Errorf("%s: data %.80s", task.Name, item.Data)
			}
			for part := range strings.SplitSeq(string(item.Data), `"cid":"`) {
				if name, _, found := strings.Cut(part, `"`); found && strings.HasPrefix(name, "bafk") && !files[name] {
					t.Errorf("%s: item %s shows %s, which is not there", task.Name, item.ID, name)
				}
			}
		}
	}
	if len(types) != 16 {
		t.Errorf("types with an answer: %v, want all 16", types)
	}
}

// The picture shows each car of a cloud where its cuboid's middle is projected:
// by the rows of the matrix from the cloud to the camera, then by the lens.
func TestTheCameraSeesTheCarsOfTheCloud(t *testing.T) {
	tasks := world.Tasks("seed")
	task := tasks[slices.IndexFunc(tasks, func(t world.Task) bool { return t.Name == "clouds" })]
	files := map[string][]byte{}
	for _, f := range task.Files {
		files[id.RawCID(f).String()] = f
	}
	for i, item := range task.Items {
		var data struct {
			Cameras []struct {
				Image                  struct{ CID string }
				Intrinsics, Extrinsics []float64
			}
		}
		if err := json.Unmarshal(item.Data, &data); err != nil {
			t.Fatal(err)
		}
		camera := data.Cameras[0]
		picture, err := png.Decode(bytes.NewReader(files[camera.Image.CID]))
		if err != nil {
			t.Fatal(err)
		}
		values, err := task.Spec.Form.Parse([]byte(task.Truth[i].Value))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range values[0].(answer.Cuboids) {
			x, y := project(camera.Extrinsics, camera.Intrinsics, c)
			if r, g, b, _ := picture.At(x, y).RGBA(); g>>8 != 60 {
				t.Errorf("%s: at %d, %d, where %+v is, the picture is %d %d %d: no car", item.ID, x, y, c, r>>8, g>>8, b>>8)
			}
		}
	}
}

// project returns the pixel of a cuboid's middle.
func project(extrinsics, intrinsics []float64, c answer.Cuboid) (x, y int) {
	at := [4]float64{float64(c.X) / 1000, float64(c.Y) / 1000, float64(c.Z) / 1000, 1}
	var seen [3]float64
	for row := range seen {
		for k, v := range at {
			seen[row] += extrinsics[4*row+k] * v
		}
	}
	return int(intrinsics[0]*seen[0]/seen[2] + intrinsics[2]), int(intrinsics[4]*seen[1]/seen[2] + intrinsics[5])
}

func TestEveryLessonCanBeTaught(t *testing.T) {
	for _, l := range world.Lessons() {
		for _, said := range slices.Concat(l.Seed, l.Taught) {
			if said.Text == "" || !slices.Contains(l.Labels, said.Label) {
				t.Errorf("%s: %q is %q, want one of %q", l.Name, said.Text, said.Label, l.Labels)
			}
		}
	}
}
