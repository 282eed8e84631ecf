package delivery

import (
	"fmt"

	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/oracle"
)

// prov tells where the version comes from in PROV-JSON, at the level of datasets
// and rounds; what each contributor did stands in the votes.
func (p Package) prov() object {
	g := graph{
		"prefix": object{"alaya": "urn:alaya:" + p.Chain + ":", "cid": "urn:cid:"},
	}
	version := versionName(p.Dataset)
	g.parties(p)
	g.sources(p)
	g.versions(p, version)
	for _, v := range p.Verdicts {
		g.round(p, v)
	}
	delivery := "alaya:delivery/" + string(p.Dataset.ID) + "/" + fmt.Sprint(p.Dataset.Version)
	g.add("activity", delivery, object{"prov:type": kind("alaya:delivery"), "alaya:verdict": p.Dataset.VerdictDigest.String()})
	g.relate("wasGeneratedBy", object{"prov:entity": version, "prov:activity": delivery, "prov:time": p.Dataset.Published.String()})
	for _, v := range p.Verdicts {
		if v.RecordsCount > 0 {
			g.relate("used", object{"prov:activity": delivery, "prov:entity": labelsName(v)})
		}
	}
	return object(g)
}

// graph is a PROV-JSON document under construction.
type graph object

func (g graph) add(group, name string, attributes object) {
	if g[group] == nil {
		g[group] = object{}
	}
	g[group].(object)[name] = attributes
}

// relate adds a relation under the next blank name.
func (g graph) relate(relation string, attributes object) {
	n := 1
	if there, ok := g[relation].(object); ok {
		n += len(there)
	}
	g.add(relation, fmt.Sprintf("_:%s%04d", relation, n), attributes)
}

// kind is a type by its qualified name.
func kind(name string) object { return object{"$": name, "type": "prov:QUALIFIED_NAME"} }

const (
	crowd  = "alaya:contributors"
	engine = "alaya:oracle"
)

func (g graph) parties(p Package) {
	g.add("agent", owner(p.Dataset), object{"prov:type": kind("prov:Organization"), "alaya:role": "requester"})
	g.add("agent", crowd, object{
		"prov:type": kind("prov:Organization"), "alaya:count": p.Label.People.Contributors,
		"prov:label": "the contributors, under pseudonyms in " + VotesFile,
	})
	g.add("agent", engine, object{"prov:type": kind("prov:SoftwareAgent"), "prov:label": fmt.Sprintf("more than two thirds of the validators of chain %s", p.Chain)})
}

// sources are what went in: the items and each version of the guidelines.
func (g graph) sources(p Package) {
	g.add("entity", items(p.Dataset), object{
		"prov:type": kind("alaya:items"), "alaya:count": p.Request.Terms.Manifest.Count, "alaya:root": p.Request.Terms.Manifest.Root.String(),
	})
	g.relate("wasAttributedTo", object{"prov:entity": items(p.Dataset), "prov:agent": owner(p.Dataset)})
	for _, guideline := range p.Request.Guidelines {
		g.add("entity", "cid:"+string(guideline.Spec), object{
			"prov:type": kind("prov:Plan"), "alaya:version": guideline.Version, "alaya:since": guideline.Since.String(),
		})
	}
}

// versions are this one and those it comes from.
func (g graph) versions(p Package, version string) {
	d := p.Dataset
	attributes := object{
		"prov:type": kind("alaya:dataset"), "alaya:version": d.Semver, "alaya:records": d.Records,
		"alaya:root": d.RecordsRoot.String(), "alaya:content": "cid:" + string(d.Content), "alaya:label": "cid:" + string(d.Label),
	}
	g.add("entity", version, attributes)
	g.relate("wasDerivedFrom", object{"prov:generatedEntity": version, "prov:usedEntity": items(d)})
	for _, parent := range d.Parents {
		name := fmt.Sprintf("alaya:dataset/%s/%d", parent.Dataset, parent.Version)
		g.add("entity", name, object{"prov:type": kind("alaya:dataset")})
		g.relate("wasDerivedFrom", object{"prov:generatedEntity": version, "prov:usedEntity": name, "prov:type": kind("alaya:" + parent.Relation)})
	}
	g.relate("wasAttributedTo", object{"prov:entity": version, "prov:agent": owner(d)})
	g.relate("wasAttributedTo", object{"prov:entity": version, "prov:agent": crowd})
	if d.State == dataset.Tombstoned {
		g.relate("wasInvalidatedBy", object{"prov:entity": version, "alaya:reason": d.Reason})
	}
}

// round is a round of answers and the verdict on it.
func (g graph) round(p Package, v oracle.Verdict) {
	labelling := fmt.Sprintf("alaya:round/%s/%d", v.Request, v.Round)
	consensus := fmt.Sprintf("alaya:verdict/%s/%d", v.Request, v.Round)
	g.add("activity", labelling, object{"prov:type": kind("alaya:labelling"), "alaya:items": v.Items})
	g.add("activity", consensus, object{
		"prov:type": kind("alaya:consensus"), "alaya:method": p.Request.Terms.Method, "alaya:method_version": p.Request.Terms.MethodVersion,
		"alaya:digest": v.Digest().String(), "alaya:accepted": v.Accepted, "alaya:contested": v.Contested, "alaya:delivered": v.Delivered,
	})
	answers := fmt.Sprintf("alaya:inputs/%s", v.Inputs)
	g.add("entity", answers, object{"prov:type": kind("alaya:submissions")})
	g.relate("used", object{"prov:activity": labelling, "prov:entity": items(p.Dataset)})
	g.relate("wasGeneratedBy", object{"prov:entity": answers, "prov:activity": labelling})
	g.relate("used", object{"prov:activity": consensus, "prov:entity": answers})
	g.relate("wasAssociatedWith", object{"prov:activity": consensus, "prov:agent": engine})
	if v.RecordsCount > 0 {
		g.add("entity", labelsName(v), object{"prov:type": kind("alaya:labels"), "alaya:root": v.RecordsRoot.String(), "alaya:records": v.RecordsCount})
		g.relate("wasGeneratedBy", object{"prov:entity": labelsName(v), "prov:activity": consensus})
	}
	for _, guideline := range p.Request.Guidelines {
		g.relate("wasAssociatedWith", object{"prov:activity": labelling, "prov:agent": crowd, "prov:plan": "cid:" + string(guideline.Spec)})
	}
}

func owner(d dataset.Dataset) string { return "alaya:account/" + string(d.Owner) }
func items(d dataset.Dataset) string { return "cid:" + string(d.Manifest) }

func versionName(d dataset.Dataset) string {
	return fmt.Sprintf("alaya:dataset/%s/%d", d.ID, d.Version)
}

// labelsName names the labels that a verdict fixed.
func labelsName(v oracle.Verdict) string {
	return fmt.Sprintf("alaya:labels/%s/%d", v.Request, v.Round)
}
