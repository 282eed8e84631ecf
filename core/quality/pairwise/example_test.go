package pairwise_test

import (
	"fmt"

	"github.com/alaya-network/alaya/core/quality/pairwise"
)

func Example() {
	t, err := pairwise.NewTable([]pairwise.Choice{
		{Worker: "ann", Left: "oak", Right: "elm", Winner: "oak"},
		{Worker: "ann", Left: "elm", Right: "ash", Winner: "elm"},
		{Worker: "bob", Left: "ash", Right: "oak", Winner: "oak"},
	}, pairwise.Rules{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, item := range (pairwise.BradleyTerry{}).Aggregate(t).Order() {
		fmt.Println(t.Items[item])
	}
	// Output:
	// oak
	// elm
	// ash
}
