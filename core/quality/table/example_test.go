package table_test

import (
	"fmt"

	"github.com/alaya-network/alaya/core/quality/table"
)

func Example() {
	t, err := table.New([]table.Answer[float64]{
		{Task: "b", Worker: "w1", Value: 3},
		{Task: "a", Worker: "w2", Value: 2},
		{Task: "a", Worker: "w1", Value: 1},
		{Task: "a", Worker: "w1", Value: 9},
	}, table.KeepFirst)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, task := range t.Tasks {
		for _, v := range t.Votes(i) {
			fmt.Println(task, t.Workers[v.Worker], v.Value)
		}
	}
	fmt.Println(t.Repeated, "repeated")
	// Output:
	// a w1 1
	// a w2 2
	// b w1 3
	// 1 repeated
}
