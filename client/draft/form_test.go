package draft_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/alaya-network/alaya/client/draft"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
)

// store keeps blobs in memory.
type store map[id.CID][]byte

// PutBytes implements draft.Putter.
func (s store) PutBytes(_ context.Context, content []byte) (id.CID, error) {
	c := id.RawCID(content)
	s[c] = content
	return c, nil
}

const birds = `title: Birds
items: items.tsv
assets: photos
question: Which bird?
form:
  controls:
    - {name: bird, type: choice, target: photo, labels: [{id: tit}, {id: finch}], required: true}
    - {name: weight, type: number, min: 0, max: 100, decimals: 1}
gold: gold.jsonl
licence: CC-BY-4.0
`

func folder(t *testing.T, files map[string]string) fstest.MapFS {
	t.Helper()
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 4, 3))); err != nil {
		t.Fatal(err)
	}
	all := fstest.MapFS{
		"birds.yaml":   {Data: []byte(birds)},
		"items.tsv":    {Data: []byte("id\tphoto\tnote\nw1\ta.png\thello\nw2\tb.html\t../birds.yaml\n")},
		"gold.jsonl":   {Data: []byte(`{"item": "w1", "value": {"bird": "tit", "weight": 5}}` + "\n")},
		"photos/a.png": {Data: picture.Bytes()}, "photos/b.html": {Data: []byte("<html><script>x</script></html>")},
	}
	for name, text := range files {
		all[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return all
}

func load(t *testing.T, files map[string]string) (draft.Draft, draft.Material, error) {
	t.Helper()
	all := folder(t, files)
	d, err := draft.Read(all, "birds.yaml")
	if err != nil {
		return d, draft.Material{}, err
	}
	m, err := draft.Load(all, d, func() id.Hash { return id.Sum("salt") })
	return d, m, err
}

func TestADraftAsksForAForm(t *testing.T) {
	d, m, err := load(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	if d.Redundancy.Target != 800_000 {
		t.Errorf("target %d, want that of forms", d.Redundancy.Target)
	}
	blobs := store{}
	p, err := m.Pack(context.Background(), blobs)
	if err != nil {
		t.Fatal(err)
	}
	spec, err := market.ParseSpec(blobs[p.SpecID])
	if err != nil || len(spec.Form.Controls) != 2 || spec.Form.Controls[1].Name != "weight" {
		t.Errorf("spec %s: %v", blobs[p.SpecID], err)
	}
	if len(m.Gold) != 1 || m.Gold[0].Value != `{"bird":"tit","weight":5}` {
		t.Errorf("gold %+v, want its one spelling", m.Gold)
	}
	items := string(blobs[p.Manifest.CID])
	for _, want := range []string{`"mime":"image/png","name":"a.png"`, `"width":4,"height":3`, `"mime":"text/plain","name":"b.html"`, `"note":"../birds.yaml"`} {
		if !strings.Contains(items, want) {
			t.Errorf("items %s\nwant %s in them", items, want)
		}
	}
}

func TestADraftShowsExamples(t *testing.T) {
	_, m, err := load(t, map[string]string{
		"birds.yaml": birds + "examples: examples.jsonl\n",
		"examples.jsonl": `{"item": "w1", "value": {"bird": "tit"}, "why": "A black cap."}` + "\n" +
			`{"item": {"id": "x", "data": {"photo": "b.html", "note": "<i>"}}, "value": {"bird": "finch"}}` + "\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	blobs := store{}
	p, err := m.Pack(context.Background(), blobs)
	if err != nil {
		t.Fatal(err)
	}
	spec, err := market.ParseSpec(blobs[p.SpecID])
	if err != nil || len(spec.Examples) != 2 {
		t.Fatalf("spec %s: %v", blobs[p.SpecID], err)
	}
	first, second := string(spec.Examples[0].Item), string(spec.Examples[1].Item)
	if !strings.Contains(first, `"id":"w1"`) || !strings.Contains(first, `"name":"a.png"`) || spec.Examples[0].Why != "A black cap." {
		t.Errorf("example %s, why %q", first, spec.Examples[0].Why)
	}
	if !strings.Contains(second, `"id":"x"`) || !strings.Contains(second, `"name":"b.html"`) || spec.Examples[1].Value != `{"bird":"finch"}` {
		t.Errorf("example %s with %s", second, spec.Examples[1].Value)
	}
}

func TestADraftReadsALabelStudioConfiguration(t *testing.T) {
	plain := strings.Split(birds, "form:")[0]
	_, m, err := load(t, map[string]string{
		"birds.yaml": plain + "label_studio: config.xml\nredundancy: {target: 90%}\nlicence: CC0-1.0\n",
		"config.xml": `<View><Image name="i" value="$photo"/><Choices name="bird" toName="i"><Choice value="tit"/></Choices></View>`,
	})
	if err != nil || m.Spec.Form == nil || m.Spec.Form.Controls[0].Target != "photo" || m.Draft.Redundancy.Target != 900_000 {
		t.Errorf("%+v, target %d: %v", m.Spec, m.Draft.Redundancy.Target, err)
	}
}

func TestAWrongFormIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		says  string
	}{
		"a control of no type":      {map[string]string{"birds.yaml": strings.Replace(birds, "type: choice", "type: chioce", 1)}, `line 6: form`},
		"a field that is unknown":   {map[string]string{"birds.yaml": strings.Replace(birds, "decimals: 1", "digits: 1", 1)}, `"digits"`},
		"labels and a form":         {map[string]string{"birds.yaml": birds + "labels: [a, b]\n"}, "either, not both"},
		"a form and Label Studio":   {map[string]string{"birds.yaml": birds + "label_studio: x.xml\n"}, "either, not both"},
		"gold that does not fit":    {map[string]string{"gold.jsonl": `{"item":"w1","value":{"bird":"cow"}}` + "\n"}, `gold.jsonl line 1: field value: item "w1": answer: control "bird"`},
		"gold of no item":           {map[string]string{"gold.jsonl": `{"item":"w9","value":{"bird":"tit"}}` + "\n"}, `item "w9"`},
		"an example of no item":     {map[string]string{"birds.yaml": birds + "examples: e.jsonl\n", "e.jsonl": `{"item":"w9","value":{"bird":"tit"}}` + "\n"}, `e.jsonl line 1: field item: item "w9"`},
		"an example that is wrong":  {map[string]string{"birds.yaml": birds + "examples: e.jsonl\n", "e.jsonl": `{"item":"w1","value":{"bird":"cow"}}` + "\n"}, `e.jsonl line 1: field value: answer: control "bird"`},
		"gold that says why":        {map[string]string{"gold.jsonl": `{"item":"w1","value":{"bird":"tit"},"why":"so"}` + "\n"}, "without why"},
		"a match that is too small": {map[string]string{"birds.yaml": birds + "match: 10%\n"}, "match is 10.0000%"},
	} {
		if _, _, err := load(t, c.files); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want an error that says %q", name, err, c.says)
		}
	}
}
