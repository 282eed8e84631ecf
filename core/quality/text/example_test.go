package text_test

import (
	"fmt"

	"github.com/alaya-network/alaya/core/quality/table"
	"github.com/alaya-network/alaya/core/quality/text"
)

func Example() {
	t, err := text.NewTable([]text.Answer{
		{Task: "clip", Worker: "ann", Value: "Then again, there was no known way"},
		{Task: "clip", Worker: "bob", Value: "then a game there was no known way"},
		{Task: "clip", Worker: "eve", Value: "then again there was known weigh"},
	}, table.KeepFirst)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(text.Rover{}.Aggregate(t).Texts[0].Text)
	fmt.Println(text.Medoid{}.Aggregate(t).Texts[0].Text)
	// Output:
	// then again there was no known way
	// Then again, there was no known way
}
