package labelstudio_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/client/labelstudio"
	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
)

// sample has every tag that becomes a control, and some that do not.
const sample = `<View className="wide">
  <Style>.a { color: red }</Style>
  <Header value="What is it?"/>
  <Image name="img" value="$image" zoom="true"/>
  <Text name="txt" value="$text"/>
  <Audio name="snd" value="$sound"/>
  <Video name="vid" value="$film"/>
  <Text name="a" value="$left"/><Text name="b" value="$right"/>
  <Choices name="kind" toName="img" required="true" showInline="true">
    <Choice value="Animal" alias="animal"><Choice value="Dog" hotkey="d"/></Choice><Choice value="Plant"/>
  </Choices>
  <Choices name="Tags 2" toName="img" choice="multiple"><Choice value="dark"/><Choice value="blurred"/></Choices>
  <Taxonomy name="tax" toName="txt"><Choice value="a"><Choice value="b"/></Choice></Taxonomy>
  <RectangleLabels name="tag" toName="img"><Label value="Car" background="red" hotkey="1"/><Label value="Person"/></RectangleLabels>
  <PolygonLabels name="poly" toName="img"><Label value="Car"/></PolygonLabels>
  <BrushLabels name="brush" toName="img"><Label value="Car"/></BrushLabels>
  <KeyPointLabels name="dots" toName="img"><Label value="Nose"/></KeyPointLabels>
  <EllipseLabels name="round" toName="img"><Label value="Ball"/></EllipseLabels>
  <Labels name="ner" toName="txt"><Label value="PER"/><Label value="ORG"/></Labels>
  <Labels name="who" toName="snd"><Label value="Ann"/></Labels>
  <Labels name="vl" toName="vid"><Label value="Ship"/></Labels>
  <VideoRectangle name="ships" toName="vid"/>
  <Rating name="stars" toName="txt" maxRating="7"/>
  <Number name="age" toName="txt" min="0" max="2.5" step="0.05"/>
  <TextArea name="words" toName="snd" maxSubmissions="1"/>
  <Pairwise name="better" toName="a,b"/>
  <Relations><Relation value="works for"/></Relations>
</View>`

func TestAConfigurationBecomesAForm(t *testing.T) {
	c, err := labelstudio.ParseConfig([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]answer.Type{}
	for _, c := range c.Form.Controls {
		types[c.Name] = c.Type
	}
	want := map[string]answer.Type{
		"kind": "choice", "tags_2": "choices", "tax": "path", "tag": "box", "poly": "polygon", "brush": "mask", "dots": "keypoint",
		"ner": "span", "who": "interval", "ships": "track", "stars": "rating", "age": "number", "words": "text", "better": "preference",
	}
	got, _ := json.Marshal(types)
	if wanted, _ := json.Marshal(want); string(got) != string(wanted) {
		t.Errorf("controls %s, want %s", got, wanted)
	}
	first, _ := json.Marshal(c.Form.Controls[0])
	if want := `{"name":"kind","type":"choice","target":"image","title":"What is it?","labels":[{"id":"animal","name":"Animal"},{"id":"Dog","hotkey":"d","parent":"animal"},{"id":"Plant"}],"required":true}`; string(first) != want {
		t.Errorf("the first control is %s, want %s", first, want)
	}
	for _, ignored := range []string{"Style", "View: className", "Image: zoom", "Choices: showInline", "EllipseLabels", "TextArea: maxSubmissions"} {
		if !slices.Contains(c.Ignored, ignored) {
			t.Errorf("%q is not reported among %q", ignored, c.Ignored)
		}
	}
	if c.Names["tags_2"] != "Tags 2" {
		t.Errorf("names %v", c.Names)
	}
}

func TestAFormComesBackFromItsConfiguration(t *testing.T) {
	c, err := labelstudio.ParseConfig([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	text, lost := labelstudio.Configuration(c.Form)
	if len(lost) > 0 {
		t.Errorf("lost %q", lost)
	}
	again, err := labelstudio.ParseConfig(text)
	if err != nil {
		t.Fatalf("%v of\n%s", err, text)
	}
	got, _ := json.Marshal(again.Form)
	if want, _ := json.Marshal(c.Form); string(got) != string(want) {
		t.Errorf("came back as\n%s, not\n%s, by\n%s", got, want, text)
	}
	if len(again.Ignored) > 0 {
		t.Errorf("ignored of our own: %q", again.Ignored)
	}
	if _, lost := labelstudio.Configuration(answer.Form{Controls: []answer.Control{{Name: "order", Type: answer.TypeRanking, Options: []string{"a", "b"}}}}); len(lost) != 1 {
		t.Errorf("a ranking lost %q, want it named", lost)
	}
}

func TestForeignConfigurationsAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want fault.Kind
	}{
		"nothing":             {"", fault.KindInvalid},
		"no XML":              {"<View>", fault.KindInvalid},
		"a document type":     {`<!DOCTYPE x [<!ENTITY a "b">]><View/>`, fault.KindInvalid},
		"an unknown entity":   {`<View title="&a;"/>`, fault.KindInvalid},
		"too deep":            {strings.Repeat("<View>", 100) + strings.Repeat("</View>", 100), fault.KindLimit},
		"too long":            {strings.Repeat(" ", labelstudio.MaxConfig+1), fault.KindLimit},
		"no control":          {`<View><Text name="a" value="$b"/></View>`, fault.KindLimit},
		"a choice of nothing": {`<View><Choices name="a" toName="b"/></View>`, fault.KindInvalid},
	} {
		if _, err := labelstudio.ParseConfig([]byte(c.text)); !fault.Is(err, c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func FuzzConfig(f *testing.F) {
	f.Add([]byte(sample))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := labelstudio.ParseConfig(text)
		if err != nil {
			return
		}
		if err := c.Form.Validate(); err != nil {
			t.Errorf("%q gives a form that is refused: %v", text, err)
		}
		labelstudio.Configuration(c.Form)
	})
}
