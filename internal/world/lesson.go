package world

import "strings"

// Lesson is what a model of texts is taught: first by who makes it, then by
// whoever contributes.
type Lesson struct {
	Name, Title, Family string
	Labels              []string
	Seed, Taught        []Saying
}

// Saying is a text with its label.
type Saying struct{ Text, Label string }

// Lessons are all lessons.
func Lessons() []Lesson {
	return []Lesson{
		{
			Name: "mood", Title: "Pleased or displeased, in reviews", Family: "perceptron", Labels: []string{"displeased", "pleased"},
			Seed: sayings(`
				pleased: a lovely kettle, quick and quiet
				displeased: it broke after a week and nobody answers
				pleased: works well, I would buy it again
				displeased: a waste of money, the handle came off
				pleased: light, strong and good to look at
				displeased: late, scratched and half of the screws missing
				pleased: my mother loves this lamp
				displeased: poor cloth that smells of oil
				pleased: exactly as shown, and a day early
				displeased: dull blades, I sent it back
				pleased: the best rake I ever had
				displeased: never again, it leaks`),
			Taught: sayings(`
				pleased: quick to come and lovely to hold
				displeased: the lid leaks and the handle is poor
				pleased: strong, quiet, and I love the colour
				displeased: it came broken, I sent it back
				pleased: works as shown, the best I had
				displeased: a waste, the screws came off
				pleased: good cloth, I would buy it again
				displeased: smells of oil, never again
				pleased: a good lamp, light and quick
				displeased: scratched, late and dull
				pleased: lovely, my mother is happy with it
				displeased: nobody answers, poor service`),
		},
		{
			Name: "topics", Title: "What a message to a parcel service is about", Family: "nb", Labels: []string{"account", "bill", "delivery"},
			Seed: sayings(`
				delivery: my parcel was due on Monday
				bill: you charged me twice
				account: how do I change my address
				delivery: the box is wet and torn
				bill: the invoice has the wrong sum
				account: I forgot my password
				delivery: nobody rang, where is the parcel
				bill: when do I get my money back
				account: please delete my account`),
			Taught: sayings(`
				delivery: the parcel is late again
				bill: I paid twice for one invoice
				account: my password does not work
				delivery: the driver left the box in the rain
				bill: please send the money back
				account: change the name of my account
				delivery: where is the box you sent on Monday
				bill: the sum charged is wrong
				account: delete my old address`),
		},
	}
}

// sayings reads a line each: the label, a colon, the text.
func sayings(lines string) []Saying {
	var all []Saying
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		label, text, _ := strings.Cut(strings.TrimSpace(line), ": ")
		all = append(all, Saying{Text: text, Label: label})
	}
	return all
}
