// Decoding of plain JPEG files by the library underneath OpenCV, without OpenCV's second pass over the pixels.
#pragma once

#include <cstddef>
#include <cstdint>

#include <opencv2/core.hpp>

namespace cawb {

// Decodes a file to 8-bit blue-green-red, pixel for pixel what cv::imdecode gives, reusing the memory of `picture`.
// False for everything that is not plain (another format, EXIF data that may turn the picture, grey or four colours, damage,
// unusual size): cv::imdecode then decides.
bool decode_plain_jpeg(const uint8_t* bytes, size_t length, cv::Mat& picture);

}  // namespace cawb
