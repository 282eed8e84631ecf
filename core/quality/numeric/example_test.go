package numeric_test

import (
	"fmt"

	"github.com/alaya-network/alaya/core/quality/numeric"
	"github.com/alaya-network/alaya/core/quality/table"
)

func Example() {
	t, err := numeric.NewTable([]numeric.Answer{
		{Task: "room-1", Worker: "ann", Value: 19.5},
		{Task: "room-1", Worker: "bob", Value: 20},
		{Task: "room-1", Worker: "eve", Value: 68},
		{Task: "room-2", Worker: "ann", Value: 17},
		{Task: "room-2", Worker: "bob", Value: 18},
	}, table.KeepFirst)
	if err != nil {
		fmt.Println(err)
		return
	}
	r := numeric.Aggregate(t, numeric.Median{})
	for i, v := range r.Values {
		fmt.Printf("%s: %.2f of %d answers\n", t.Tasks[i], float64(v.Value)/1e6, v.Answers)
	}
	// Output:
	// room-1: 20.00 of 3 answers
	// room-2: 17.50 of 2 answers
}
