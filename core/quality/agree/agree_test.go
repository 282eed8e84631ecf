package agree_test

import (
	"fmt"
	"testing"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/agree"
	"github.com/alaya-network/alaya/core/quality/label"
)

func TestAlpha(t *testing.T) {
	tests := []struct {
		name   string
		coders []string // one letter per unit, a dot where missing
		want   num.Ppm
	}{
		// The worked example of three coders and 15 units, 26 pairable values,
		// nominal alpha 0.691.
		{"the textbook's three coders", []string{".....34121133.3", "1.213343.......", "..21344.21133.4"}, 691_358},
		{"full agreement", []string{"aabb", "aabb"}, num.One},
		{"full disagreement of two", []string{"ab", "ba"}, -500_000},
		{"one label only", []string{"aaa", "aaa"}, num.One},
		{"nobody to agree with", []string{"abc"}, num.One},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var answers []label.Answer
			for j, given := range tt.coders {
				for i, l := range given {
					if l != '.' {
						answers = append(answers, label.Answer{Task: fmt.Sprintf("u%02d", i), Worker: fmt.Sprint(j), Label: string(l)})
					}
				}
			}
			tab, err := label.NewTable(answers, label.Rules{})
			if err != nil {
				t.Fatal(err)
			}
			if got := agree.Alpha(tab); got != tt.want {
				t.Errorf("Alpha(%v) = %v, want %v", tt.coders, got, tt.want)
			}
		})
	}
}
