// Decoding of plain JPEG files by the library underneath OpenCV, without OpenCV's second pass over the pixels.
#pragma once

#include <cstddef>
#include <cstdint>

#include <opencv2/core.hpp>

namespace cawb {

// Decodes a file to 8-bit blue-green-red as it is stored, pixel for pixel what cv::imdecode gives before it turns, reusing the memory of `picture`.
// `warnings` is the number of places where the data were damaged and the library went on as well as it could.
// False for everything that is not plain (another format, grey or four colours,
// unusual size, data that end the decoding): cv::imdecode then decides.
bool decode_plain_jpeg(const uint8_t* bytes, size_t length, cv::Mat& picture, int& warnings);

}  // namespace cawb
