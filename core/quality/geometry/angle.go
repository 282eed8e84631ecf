package geometry

import "math"

const (
	radian = 1e-6 // one unit of yaw
	// half of π in two parts; the first has 33 bits, so that few quarter turns
	// of it are exact.
	piHalfHi = 1.57079632673412561417e+00
	piHalfLo = 6.07710050650619224932e-11
)

// sinCos returns sine and cosine of an angle in millionths of a radian, at most
// a turn either way, to within 1e-15.
func sinCos(yaw int64) (sin, cos float64) {
	x := float64(float64(yaw) * radian)
	turns := math.Floor(x/(piHalfHi+piHalfLo) + 0.5)
	x = x - float64(turns*piHalfHi) - float64(turns*piHalfLo)
	sin, cos = kernelSin(x), kernelCos(x)
	switch int(turns) & 3 {
	case 1:
		return cos, -sin
	case 2:
		return -sin, -cos
	case 3:
		return -cos, sin
	}
	return sin, cos
}

// kernelSin returns the sine of |x| <= π/4.
func kernelSin(x float64) float64 {
	z := float64(x * x)
	p := float64(z * 1.58969099521155010221e-10)
	p = float64(z * (-2.50507602534068634195e-08 + p))
	p = float64(z * (2.75573137070700676789e-06 + p))
	p = float64(z * (-1.98412698298579493134e-04 + p))
	p = float64(z * (8.33333333332248946124e-03 + p))
	p = float64(z * (-1.66666666666666324348e-01 + p))
	return x + float64(x*p)
}

// kernelCos returns the cosine of |x| <= π/4.
func kernelCos(x float64) float64 {
	z := float64(x * x)
	p := float64(z * -1.13596475577881948265e-11)
	p = float64(z * (2.08757232129817482790e-09 + p))
	p = float64(z * (-2.75573143513906633035e-07 + p))
	p = float64(z * (2.48015872894767294178e-05 + p))
	p = float64(z * (-1.38888888888741095749e-03 + p))
	p = float64(z * (4.16666666666666019037e-02 + p))
	return 1 - (float64(0.5*z) - float64(z*p))
}
