package world

import (
	"strings"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
)

func reviews(h *hand) Task {
	t := Task{
		Name: "reviews", Title: "Is this review pleased?", Tags: []string{"text", "sentiment", "en"},
		Summary: "Short reviews of things for house and garden. Read each one and say whether its author is pleased.",
		Spec: market.Spec{
			Question: "Is the author pleased?", Labels: []string{"pleased", "mixed", "displeased"},
			Guidelines: "# Pleased or not\n\nChoose **mixed** only if praise and complaint weigh the same.\n\n- Irony counts as what is meant.\n- The price alone decides nothing.",
		},
	}
	things := []string{"kettle", "lamp", "rake", "blanket", "radio", "ladder"}
	for i, says := range h.pick([][2]string{
		{"The %s arrived a day early and does all it should. I would buy it again.", "pleased"},
		{"After two weeks the %s fell apart in my hands.", "displeased"},
		{"The %s works well, but half of the screws were missing.", "mixed"},
		{"A %s to fall in love with: light, quiet, and it looks good.", "pleased"},
		{"I wanted a %s. What came was a box of splinters.", "displeased"},
		{"Lovely colour, poor handle: I keep the %s and curse it.", "mixed"},
	}) {
		text := strings.ReplaceAll(says[0], "%s", things[(i+h.below(len(things)))%len(things)])
		t.item(map[string]any{"text": text}, work.Answer{Label: says[1]})
	}
	return t
}

// pick draws as many lines as a task has items, none twice.
func (h *hand) pick(lines [][2]string) [][2]string {
	for i := range lines {
		j := i + h.below(len(lines)-i)
		lines[i], lines[j] = lines[j], lines[i]
	}
	return lines[:each]
}

func messages(h *hand) Task {
	tree := []answer.Label{
		{ID: "delivery"}, {ID: "late", Parent: "delivery"}, {ID: "damaged", Parent: "delivery"},
		{ID: "bill"}, {ID: "wrong", Parent: "bill"}, {ID: "account"},
	}
	t := Task{
		Name: "messages", Title: "Sort messages to a parcel service", Tags: []string{"text", "taxonomy", "en"},
		Summary: "Say what each message is about, how urgent it is, and put it into one sentence.",
		Spec: market.Spec{Question: "What does the writer want?", Form: form(
			answer.Control{Name: "about", Type: answer.TypePath, Target: "text", Title: "What it is about", Labels: tree, Required: true},
			answer.Control{Name: "tone", Type: answer.TypeChoices, Target: "text", Title: "How it sounds", Labels: labels("polite", "angry", "worried")},
			answer.Control{Name: "urgency", Type: answer.TypeRating, Target: "text", Title: "How urgent", Max: ptr(5), Required: true},
			answer.Control{Name: "gist", Type: answer.TypeText, Target: "text", Title: "In one short sentence", MaxLength: 120},
		)},
	}
	for _, m := range []struct {
		text    string
		about   answer.Path
		tone    answer.Choices
		urgency answer.Rating
		gist    answer.Text
	}{
		{"Good morning, my parcel was due on Monday and it is Thursday. Could you kindly look?", answer.Path{"delivery", "late"}, answer.Choices{"polite"}, 3, "the parcel is late"},
		{"You charged me TWICE. I want my money back today.", answer.Path{"bill", "wrong"}, answer.Choices{"angry"}, 4, "charged twice"},
		{"The box is soaked and there is medicine in it for my mother. Please call me.", answer.Path{"delivery", "damaged"}, answer.Choices{"polite", "worried"}, 5, "the medicine is wet"},
		{"How do I change the address of my account?", answer.Path{"account"}, answer.Choices{"polite"}, 1, "change the address"},
	} {
		t.item(map[string]any{"text": m.text, "parcel": h.between(1000, 9999)}, t.filled(m.about, m.tone, m.urgency, m.gist))
	}
	return t
}

// turn is one turn of a dialogue.
type turn struct {
	Speaker string `json:"speaker"`
	Text    string `json:"text"`
}

func dialogues(h *hand) Task {
	t := Task{
		Name: "dialogues", Title: "Names, places and days in conversations", Tags: []string{"dialogue", "entities", "en"},
		Summary: "Mark who, where and when in short conversations, and join each person with where he goes.",
		Spec: market.Spec{Question: "Mark every person, place and day.", Form: form(
			answer.Control{Name: "entities", Type: answer.TypeSpan, Target: "talk", Labels: labels("person", "place", "day"), Relations: []string{"goes_to"}, Required: true},
		)},
	}
	people, places := []string{"Amina", "Jürgen", "Mei", "Tomás"}, []string{"Lagos", "Zürich", "Kyoto", "Córdoba"}
	days := []string{"Monday", "Friday", "Sunday"}
	for i := range each {
		who, where, when := people[(i+h.below(4))%4], places[(i+h.below(4))%4], days[h.below(3)]
		talk := []turn{
			{"A", "Hello 👋 has " + who + " called?"},
			{"B", "Yes, on " + when + " the train to " + where + " was full."},
		}
		spans := answer.Spans{Spans: []answer.Span{
			span(talk, 0, who, "person"), span(talk, 1, when, "day"), span(talk, 1, where, "place"),
		}, Relations: []answer.Relation{{From: 0, To: 2, Label: "goes_to"}}}
		t.item(map[string]any{"talk": talk}, t.filled(spans))
	}
	return t
}

// span finds a word in a turn, in code points.
func span(talk []turn, number int, word, label string) answer.Span {
	text := talk[number].Text
	start := int64(utf8.RuneCountInString(text[:strings.Index(text, word)]))
	return answer.Span{Turn: ptr(int64(number)), Start: start, End: start + int64(utf8.RuneCountInString(word)), Label: label}
}

func replies(h *hand) Task {
	t := Task{
		Name: "replies", Title: "Which reply helps more?", Tags: []string{"text", "preference", "en"},
		Summary: "Compare replies to a question: which of two is better, and how would you rank three?",
		Spec: market.Spec{Question: "Which reply helps the asker more?", Form: form(
			answer.Control{Name: "better", Type: answer.TypePreference, Title: "Left or right?", Options: []string{"left", "right"}, Required: true},
			answer.Control{Name: "order", Type: answer.TypeRanking, Title: "Best first", Options: []string{"left", "right", "third"}},
		)},
	}
	for _, q := range []struct{ question, good, short, wrong string }{
		{"Why is my bread flat?", "Old yeast or too little time: test the yeast in warm water, and let the dough double.", "Maybe the yeast.", "Bread is always flat."},
		{"How do I descale a kettle?", "Boil equal parts of water and vinegar, leave it for half an hour, rinse twice.", "Use vinegar.", "Buy another kettle."},
		{"When should I water tomatoes?", "In the morning, at the root, so that the leaves stay dry.", "In the morning.", "Only when it rains."},
		{"How can I sleep better?", "Keep the same hours, a dark room, and no coffee after lunch.", "Go to bed earlier.", "Coffee at midnight."},
	} {
		data, better, order := map[string]any{"question": q.question, "left": q.good, "right": q.wrong, "third": q.short}, answer.Preference("left"), answer.Ranking{"left", "third", "right"}
		if h.below(2) == 1 {
			data["left"], data["right"], better, order = q.wrong, q.good, "right", answer.Ranking{"right", "third", "left"}
		}
		t.item(data, t.filled(better, order))
	}
	return t
}
