package ordinal_test

import (
	"fmt"

	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/ordinal"
)

func Example() {
	t, err := ordinal.NewTable([]label.Answer{
		{Task: "film", Worker: "ann", Label: "good"},
		{Task: "film", Worker: "bob", Label: "fair"},
		{Task: "film", Worker: "eve", Label: "bad"},
	}, ordinal.Rules{Grades: []string{"bad", "fair", "good"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := ordinal.New("median")
	if err != nil {
		fmt.Println(err)
		return
	}
	e := ordinal.Aggregate(t, m, nil).Estimates[0]
	fmt.Println(t.Grades[e.Grade])
	// Output: fair
}
