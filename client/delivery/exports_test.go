package delivery_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/client/delivery"
	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/dataset"
)

func TestValuesLeaveAsWideRowsAndAsCoco(t *testing.T) {
	labels := []answer.Label{{ID: "car"}, {ID: "man"}}
	form := answer.Form{Controls: []answer.Control{
		{Name: "kind", Type: answer.TypeChoice, Labels: labels, Target: "image"},
		{Name: "where", Type: answer.TypeBox, Labels: labels, Target: "image"},
		{Name: "outline", Type: answer.TypePolygon, Labels: labels, Target: "image"},
		{Name: "pixels", Type: answer.TypeMask, Labels: labels, Target: "image"},
		{Name: "points", Type: answer.TypeKeypoint, Labels: labels, Target: "image"},
	}}
	value := `{"kind":"car","where":[{"label":"man","x":1536,"y":0,"w":1024,"h":512,"rot":1000000}],` +
		`"outline":[{"label":"car","points":[[0,0],[2048,0],[2048,1024],[0,1024]]}],"pixels":[{"label":"car","size":[4,3],"counts":[1,2,9]}],"points":[{"label":"man","x":512,"y":1024}]}`
	items := `{"id":"a","data":{"image":{"cid":"bafkrei","mime":"image/png","name":"a.png","size":9,"width":640,"height":480}}}` + "\n" + `{"id":"b"}` + "\n"
	files, err := delivery.Exports(&form, []byte(items), []dataset.Record{
		{Item: "a", Value: answer.Raw(value), Confidence: 900_000, Status: "accepted"}, {Item: "b", Value: `{"kind":"man"}`, Confidence: 1, Status: "gold"},
	})
	if err != nil {
		t.Fatal(err)
	}
	text := map[string]string{}
	for _, f := range files {
		text[f.Name] = string(f.Text)
	}
	if want := `{"item":"b","kind":"man","where":null,"outline":null,"pixels":null,"points":null,"_confidence_ppm":1,"_status":"gold"}` + "\n"; !strings.HasSuffix(text[delivery.WideFile], want) {
		t.Errorf("wide rows\n%swant to end in\n%s", text[delivery.WideFile], want)
	}
	for control, want := range map[string]string{
		"where":   `[{"area":0.5,"bbox":[1.5,0,1,0.5],"category_id":2,"id":1,"image_id":1,"iscrowd":0,"rotation":1,"segmentation":[]}]`,
		"outline": `[{"area":2,"bbox":[0,0,2,1],"category_id":1,"id":1,"image_id":1,"iscrowd":0,"segmentation":[[0,0,2,0,2,1,0,1]]}]`,
		"pixels":  `[{"area":2,"bbox":[0,1,1,2],"category_id":1,"id":1,"image_id":1,"iscrowd":1,"segmentation":{"counts":[1,2,9],"size":[4,3]}}]`,
		"points":  `[{"area":0,"bbox":[0.5,1,0,0],"category_id":2,"id":1,"image_id":1,"iscrowd":0,"keypoints":[0.5,1,2],"num_keypoints":1,"segmentation":[]}]`,
	} {
		var file struct{ Images, Annotations, Categories any }
		if err := json.Unmarshal([]byte(text[delivery.CocoFile(control)]), &file); err != nil {
			t.Fatalf("%s: %v", control, err)
		}
		var wanted any
		if err := json.Unmarshal([]byte(want), &wanted); err != nil {
			t.Fatal(err)
		}
		if got, _ := json.Marshal(file.Annotations); !reflect.DeepEqual(file.Annotations, wanted) {
			t.Errorf("%s: %s, want %s", control, got, want)
		}
	}
	if !strings.Contains(text[delivery.CocoFile("where")], `"file_name": "a.png"`) || !strings.Contains(text[delivery.LossFile], "coco-where.json: all other controls") {
		t.Errorf("%s\n%s", text[delivery.CocoFile("where")], text[delivery.LossFile])
	}
	if none, err := delivery.Exports(nil, nil, nil); err != nil || none != nil {
		t.Errorf("without a form: %v, %v", none, err)
	}
	if _, err := delivery.Exports(&form, []byte(items), []dataset.Record{{Item: "a", Value: `{}`}}); err == nil {
		t.Error("a value that does not fit was written")
	}
}
