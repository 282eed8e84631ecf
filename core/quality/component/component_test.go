package component_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/quality/component"
)

func TestComponents(t *testing.T) {
	tests := []struct {
		name   string
		things int
		joined [][2]int32
		want   string
	}{
		{"nothing", 0, nil, "[]"},
		{"each alone", 3, nil, "[]"},
		{"a thing joined to itself stays alone", 2, [][2]int32{{1, 1}}, "[]"},
		{"a chain is one component", 5, [][2]int32{{4, 2}, {2, 3}, {3, 0}}, "[[0 2 3 4]]"},
		{"two components go by their lowest members", 6, [][2]int32{{5, 1}, {4, 3}}, "[[1 5] [3 4]]"},
		{"a pair joined twice counts once", 3, [][2]int32{{0, 2}, {2, 0}}, "[[0 2]]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := component.New(tt.things)
			for _, p := range tt.joined {
				f.Join(p[0], p[1])
			}
			if got := fmt.Sprint(f.Groups()); got != tt.want {
				t.Errorf("joined %v: groups %s, want %s", tt.joined, got, tt.want)
			}
		})
	}
}

func TestComponentsDoNotDependOnTheOrderOfJoining(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const things = 30
		number := rapid.Int32Range(0, things-1)
		pairs := rapid.SliceOf(rapid.Custom(func(t *rapid.T) [2]int32 {
			return [2]int32{number.Draw(t, "a"), number.Draw(t, "b")}
		})).Draw(t, "pairs")
		forward, shuffled := component.New(things), component.New(things)
		for _, p := range pairs {
			forward.Join(p[0], p[1])
		}
		for _, p := range rapid.Permutation(pairs).Draw(t, "order") {
			shuffled.Join(p[1], p[0])
		}
		if a, b := fmt.Sprint(forward.Groups()), fmt.Sprint(shuffled.Groups()); a != b {
			t.Fatalf("pairs %v: %s in order, %s out of it", pairs, a, b)
		}
		sum := 0
		for i := range int32(things) {
			if root := forward.Root(i); root > i || forward.Root(root) != root {
				t.Fatalf("the root of %d is %d", i, root)
			}
			if forward.Root(i) == i {
				sum += forward.Size(i)
			}
		}
		if sum != things {
			t.Fatalf("components hold %d things, want %d", sum, things)
		}
	})
}
