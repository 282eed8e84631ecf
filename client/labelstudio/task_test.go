package labelstudio_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/client/labelstudio"
	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
)

func config(t testing.TB) labelstudio.Config {
	t.Helper()
	c, err := labelstudio.ParseConfig([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// foreign is an export as Label Studio writes it: a turned box whose place was
// measured, spans behind an emoji, seconds, and things that have no place here.
const foreign = `[{"id":7,"data":{"image":"a.png","text":"🙂 Ann works at Acme","film":"v.mp4"},"created_at":"x","annotations":[{"id":1,"completed_by":{"id":3},"lead_time":2.5,"result":[
 {"id":"c","type":"choices","from_name":"kind","to_name":"img","value":{"choices":["Dog"]}},
 {"id":"b","type":"rectanglelabels","from_name":"tag","to_name":"img","original_width":960,"original_height":600,"origin":"prediction-changed","value":{"x":10,"y":44.989339019189764,"width":20,"height":5,"rotation":90,"rectanglelabels":["Car"]}},
 {"id":"s1","type":"labels","from_name":"ner","to_name":"txt","value":{"start":3,"end":6,"text":"Ann","labels":["PER"]}},
 {"id":"s2","type":"labels","from_name":"ner","to_name":"txt","value":{"start":16,"end":20,"text":"Acme","labels":["ORG"]}},
 {"type":"relation","from_id":"s1","to_id":"s2","direction":"right","labels":["works for"]},
 {"id":"i","type":"labels","from_name":"who","to_name":"snd","original_length":9,"value":{"start":1.5,"end":2.0000005,"labels":["Ann"]}},
 {"id":"n","type":"number","from_name":"age","to_name":"txt","value":{"number":1.25}},
 {"id":"v","type":"videorectangle","from_name":"ships","to_name":"vid","original_width":100,"original_height":100,"value":{"labels":["Ship"],"sequence":[{"frame":1,"enabled":true,"x":0,"y":0,"width":50,"height":50,"rotation":0,"time":0},{"frame":9,"enabled":false,"x":1,"y":0,"width":50,"height":50}]}},
 {"id":"e","type":"ellipselabels","from_name":"round","to_name":"img","value":{}}
]}]}]`

func TestResultsBecomeValues(t *testing.T) {
	c := config(t)
	tasks, err := labelstudio.ParseTasks([]byte(foreign))
	if err != nil {
		t.Fatal(err)
	}
	a, ignored, err := c.Answer(tasks[0], tasks[0].Annotations[0])
	if err != nil {
		t.Fatal(err)
	}
	want := `{"kind":"Dog","tag":[{"label":"Car","x":98304,"y":276414,"w":196608,"h":30720,"rot":1570796}],` +
		`"ner":{"spans":[{"start":2,"end":5,"label":"PER"},{"start":15,"end":19,"label":"ORG"}],"relations":[{"from":0,"to":1,"label":"works for"}]},` +
		`"who":[{"label":"Ann","start":1500000,"end":2000000}],` +
		`"ships":[{"label":"Ship","frames":[{"f":0,"x":0,"y":0,"w":51200,"h":51200},{"f":8,"x":1024,"y":0,"w":51200,"h":51200,"out":true}]}],"age":125}`
	if string(a.Value) != want || a.Ms != 2500 || a.Origin != "prediction-changed" || a.Item != "7" {
		t.Errorf("%+v\nwant %s", a, want)
	}
	if len(ignored) != 1 || !strings.Contains(ignored[0], "ellipselabels") {
		t.Errorf("ignored %q", ignored)
	}
	if a, _, err := c.Answer(tasks[0], labelstudio.Annotation{Cancelled: true}); err != nil || a.Skip != "other" {
		t.Errorf("a cancelled annotation: %+v, %v", a, err)
	}
}

func TestValuesComeBackFromResults(t *testing.T) {
	c := config(t)
	data := map[string]json.RawMessage{"text": json.RawMessage(`"🙂 Ann works"`), "image": json.RawMessage(`"a.png"`)}
	pictures := map[string]labelstudio.Picture{"image": {Width: 963, Height: 601}, "film": {Width: 1920, Height: 1080}}
	for name, value := range map[string]string{
		"choices":   `{"kind":"animal","tags_2":["blurred","dark"]}`,
		"a path":    `{"kind":"Plant","tax":["a","b"]}`,
		"boxes":     `{"kind":"Plant","tag":[{"label":"Car","x":-7,"y":1,"w":100003,"h":7,"rot":-1234567},{"label":"Person","x":1,"y":2,"w":3,"h":4}]}`,
		"a polygon": `{"kind":"Plant","poly":[{"label":"Car","points":[[1,2],[1023,77],[5,9999]]}]}`,
		"a mask":    `{"kind":"Plant","brush":[{"label":"Car","size":[4,5],"counts":[3,2,7,8]}]}`,
		"dots":      `{"kind":"Plant","dots":[{"label":"Nose","x":123457,"y":9}]}`,
		"spans":     `{"kind":"Plant","ner":{"spans":[{"start":0,"end":1,"label":"ORG"},{"start":2,"end":5,"label":"PER"}],"relations":[{"from":1,"to":0,"label":"works for"}]}}`,
		"times":     `{"kind":"Plant","who":[{"label":"Ann","start":1,"end":1234567,"text":"hi"}]}`,
		"a track":   `{"kind":"Plant","ships":[{"label":"Ship","frames":[{"f":0,"x":1,"y":2,"w":3,"h":4},{"f":7,"x":1,"y":2,"w":3,"h":4,"out":true}]}]}`,
		"plain":     `{"kind":"Plant","stars":6,"age":205,"words":"a \"b\"","better":"right"}`,
	} {
		values, err := c.Form.Parse([]byte(value))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		annotation, lost, err := c.Annotation(values, data, pictures)
		if err != nil || len(lost) > 0 {
			t.Fatalf("%s: lost %q, %v", name, lost, err)
		}
		text, err := json.Marshal([]labelstudio.Task{{ID: "1", Data: data, Annotations: []labelstudio.Annotation{annotation}}})
		if err != nil {
			t.Fatal(err)
		}
		tasks, err := labelstudio.ParseTasks(text)
		if err != nil {
			t.Fatal(err)
		}
		back, ignored, err := c.Answer(tasks[0], tasks[0].Annotations[0])
		if err != nil || string(back.Value) != value || len(ignored) > 0 {
			t.Errorf("%s: came back as %s, ignored %q, %v; want %s by %s", name, back.Value, ignored, err, value, text)
		}
	}
	tie, _ := c.Form.Parse([]byte(`{"kind":"Plant","better":"tie"}`))
	if _, lost, err := c.Annotation(tie, data, pictures); err != nil || len(lost) != 1 {
		t.Errorf("a tie: lost %q, %v", lost, err)
	}
}

func TestABrushBeginsAsThoseOfLabelStudioDo(t *testing.T) {
	c := config(t)
	v := answer.Values{answer.Choice("Plant"), nil, nil, nil, nil, answer.Masks{{Label: "Car", Size: [2]int64{600, 960}, Counts: []int64{576_000}}}, nil, nil, nil, nil, nil, nil, nil, nil}
	a, _, err := c.Annotation(v, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if rle := string(a.Result[1].Value["rle"]); !strings.HasPrefix(rle, "[0,35,40,0,") {
		t.Errorf("%.60s: want it to begin with 960 × 600 × 4", rle)
	}
}

func TestForeignResultsAreRefused(t *testing.T) {
	c := config(t)
	for name, result := range map[string]string{
		"a box on a picture of no size": `{"type":"rectanglelabels","from_name":"tag","value":{"x":1,"y":1,"width":1,"height":1,"rectanglelabels":["Car"]}}`,
		"a box without a side":          `{"type":"rectanglelabels","from_name":"tag","original_width":9,"original_height":9,"value":{"x":1,"y":1,"width":1,"rectanglelabels":["Car"]}}`,
		"a label that is not offered":   `{"type":"rectanglelabels","from_name":"tag","original_width":9,"original_height":9,"value":{"x":1,"y":1,"width":1,"height":1,"rectanglelabels":["Cow"]}}`,
		"a span within an emoji":        `{"type":"labels","from_name":"ner","value":{"start":1,"end":3,"labels":["PER"]}}`,
		"a span of another text":        `{"type":"labels","from_name":"ner","value":{"start":3,"end":6,"text":"Bob","labels":["PER"]}}`,
		"a brush cut short":             `{"type":"brushlabels","from_name":"brush","original_width":2,"original_height":2,"value":{"rle":[0,0,0,16],"brushlabels":["Car"]}}`,
		"a brush of another picture":    `{"type":"brushlabels","from_name":"brush","original_width":2,"original_height":2,"value":{"rle":[0,0,0,17,0],"brushlabels":["Car"]}}`,
		"a huge brush":                  `{"type":"brushlabels","from_name":"brush","original_width":100000,"original_height":100000,"value":{"rle":[0],"brushlabels":["Car"]}}`,
		"a number beyond all":           `{"type":"number","from_name":"age","value":{"number":1e999999}}`,
	} {
		tasks, err := labelstudio.ParseTasks([]byte(`[{"data":{"text":"🙂 Ann"},"annotations":[{"result":[{"type":"choices","from_name":"kind","value":{"choices":["Plant"]}},` + result + `]}]}]`))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if a, _, err := c.Answer(tasks[0], tasks[0].Annotations[0]); err == nil || fault.Is(err, fault.KindInternal) {
			t.Errorf("%s: %s, %v", name, a.Value, err)
		}
	}
}

func FuzzTasks(f *testing.F) {
	c := config(f)
	f.Add([]byte(foreign))
	f.Add([]byte(`[{"data":{},"annotations":[{"result":[{"type":"brushlabels","from_name":"brush","original_width":2,"original_height":2,"value":{"rle":[0,0,0,16,57,24],"brushlabels":["Car"]}}]}]}]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		tasks, err := labelstudio.ParseTasks(text)
		if err != nil {
			return
		}
		for _, task := range tasks {
			for _, a := range task.Annotations {
				got, _, err := c.Answer(task, a)
				if err != nil || got.Skip != "" {
					continue
				}
				if _, err := c.Form.Parse([]byte(got.Value)); err != nil {
					t.Errorf("%q gives %s: %v", text, got.Value, err)
				}
			}
		}
	})
}
