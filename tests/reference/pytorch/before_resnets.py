"""Networks that R15 compares its own with. AlexNet after Krizhevsky et al. 2012
and github.com/BVLC/caffe (models/bvlc_alexnet), ZFNet after Zeiler and Fergus
2013, Fig. 3, GoogLeNet after github.com/BVLC/caffe (models/bvlc_googlenet), the
PReLU-net after He et al. 2015 ("Delving deep into rectifiers"), Table 3, model A.
VGG is torchvision's, with our size of map before its fully connected layers."""

from collections import OrderedDict

import torch
from torch import nn
from torch.nn import functional as F
from torchvision.models import vgg


def response_norm():
    """Krizhevsky et al. 2012, section 3.3. PyTorch divides alpha by n."""
    n = 5
    return nn.LocalResponseNorm(n, alpha=1e-4 * n, beta=0.75, k=2)


def covering_pool():
    """A pool whose windows cover all pixels, as Caffe's do."""
    return nn.MaxPool2d(3, 2, ceil_mode=True)


def head(map_shape, hidden, activation):
    """Two fully connected layers and the classifier, all with dropout before."""
    channels, height, width = map_shape
    layers = OrderedDict(
        fc1=nn.Linear(channels * height * width, hidden),
        fc1Relu=activation(),
        drop1=nn.Dropout(0.5),
        fc2=nn.Linear(hidden, hidden),
        fc2Relu=activation(),
        drop2=nn.Dropout(0.5),
        fc3=nn.Linear(hidden, 10),
    )
    layers["fc1"].maps = [map_shape]
    return layers


def alexnet(map_shape, hidden=4096):
    return nn.Sequential(OrderedDict(
        conv1=nn.Conv2d(3, 96, 11, 4, 2),
        relu1=nn.ReLU(),
        norm1=response_norm(),
        pool1=nn.MaxPool2d(3, 2),
        conv2=nn.Conv2d(96, 256, 5, padding=2, groups=2),
        relu2=nn.ReLU(),
        norm2=response_norm(),
        pool2=nn.MaxPool2d(3, 2),
        conv3=nn.Conv2d(256, 384, 3, padding=1),
        relu3=nn.ReLU(),
        conv4=nn.Conv2d(384, 384, 3, padding=1, groups=2),
        relu4=nn.ReLU(),
        conv5=nn.Conv2d(384, 256, 3, padding=1, groups=2),
        relu5=nn.ReLU(),
        pool5=nn.MaxPool2d(3, 2),
        flatten=nn.Flatten(),
        **head(map_shape, hidden, nn.ReLU),
    ))


def zfnet(map_shape, hidden=4096):
    return nn.Sequential(OrderedDict(
        conv1=nn.Conv2d(3, 96, 7, 2, 1),
        relu1=nn.ReLU(),
        pool1=covering_pool(),
        norm1=response_norm(),
        conv2=nn.Conv2d(96, 256, 5, 2),
        relu2=nn.ReLU(),
        pool2=covering_pool(),
        norm2=response_norm(),
        conv3=nn.Conv2d(256, 384, 3, padding=1),
        relu3=nn.ReLU(),
        conv4=nn.Conv2d(384, 384, 3, padding=1),
        relu4=nn.ReLU(),
        conv5=nn.Conv2d(384, 256, 3, padding=1),
        relu5=nn.ReLU(),
        pool5=covering_pool(),
        flatten=nn.Flatten(),
        **head(map_shape, hidden, nn.ReLU),
    ))


class Inception(nn.Module):
    def __init__(self, inputs, ones, reduce3, threes, reduce5, fives, projection):
        super().__init__()
        self.add_module("1x1", nn.Conv2d(inputs, ones, 1))
        self.add_module("3x3Reduce", nn.Conv2d(inputs, reduce3, 1))
        self.add_module("3x3", nn.Conv2d(reduce3, threes, 3, padding=1))
        self.add_module("5x5Reduce", nn.Conv2d(inputs, reduce5, 1))
        self.add_module("5x5", nn.Conv2d(reduce5, fives, 5, padding=2))
        self.poolProjection = nn.Conv2d(inputs, projection, 1)

    def forward(self, x):
        def run(name, x):
            return F.relu(getattr(self, name)(x))
        pooled = F.max_pool2d(x, 3, 1, 1)
        return torch.cat([
            run("1x1", x),
            run("3x3", run("3x3Reduce", x)),
            run("5x5", run("5x5Reduce", x)),
            run("poolProjection", pooled),
        ], 1)


def googlenet():
    return nn.Sequential(OrderedDict(
        conv1=nn.Conv2d(3, 64, 7, 2, 3),
        relu1=nn.ReLU(),
        pool1=covering_pool(),
        norm1=response_norm(),
        conv2Reduce=nn.Conv2d(64, 64, 1),
        relu2Reduce=nn.ReLU(),
        conv2=nn.Conv2d(64, 192, 3, padding=1),
        relu2=nn.ReLU(),
        norm2=response_norm(),
        pool2=covering_pool(),
        inception3a=Inception(192, 64, 96, 128, 16, 32, 32),
        inception3b=Inception(256, 128, 128, 192, 32, 96, 64),
        pool3=covering_pool(),
        inception4a=Inception(480, 192, 96, 208, 16, 48, 64),
        inception4b=Inception(512, 160, 112, 224, 24, 64, 64),
        inception4c=Inception(512, 128, 128, 256, 24, 64, 64),
        inception4d=Inception(512, 112, 144, 288, 32, 64, 64),
        inception4e=Inception(528, 256, 160, 320, 32, 128, 128),
        pool4=covering_pool(),
        inception5a=Inception(832, 256, 160, 320, 32, 128, 128),
        inception5b=Inception(832, 384, 192, 384, 48, 128, 128),
        pool5=nn.AdaptiveAvgPool2d(1),
        flatten=nn.Flatten(),
        dropout=nn.Dropout(0.4),
        classifier=nn.Linear(1024, 10),
    ))


class SpatialPyramid(nn.Module):
    """He et al. 2014: max pooling over grids of bins."""

    counts = (7, 3, 2, 1)

    def forward(self, x):
        return torch.cat([F.adaptive_max_pool2d(x, n).flatten(1) for n in self.counts], 1)


def prelu_net(hidden=4096):
    layers = OrderedDict(conv=nn.Conv2d(3, 96, 7, 2, 3), relu=nn.PReLU(96))
    inputs = 96
    for stage, width in enumerate((256, 512, 512), 1):
        layers[f"pool{stage}"] = nn.MaxPool2d(2)
        part = layers[f"stage{stage}"] = nn.Sequential()
        for i in range(1, 6):
            part.add_module(f"conv{i}", nn.Conv2d(inputs, width, 3, padding=1))
            part.add_module(f"relu{i}", nn.PReLU(width))
            inputs = width
    maps = [(inputs, n, n) for n in SpatialPyramid.counts]
    layers["pyramid"] = SpatialPyramid()
    layers.update(head((inputs, 1, sum(n * n for n in SpatialPyramid.counts)), hidden, lambda: nn.PReLU(hidden)))
    layers["fc1"].maps = maps
    return nn.Sequential(layers)


def torchvision_vgg(depth, map_shape, hidden=4096):
    config = vgg.cfgs[{16: "D", 19: "E"}[depth]]
    network = vgg.VGG(vgg.make_layers(config), num_classes=10)
    _, height, width = map_shape
    network.avgpool = nn.Identity()  # It would make the map 7x7.
    first = network.classifier[0] = nn.Linear(512 * height * width, hidden)
    network.classifier[3] = nn.Linear(hidden, hidden)
    network.classifier[6] = nn.Linear(hidden, 10)
    first.maps = [map_shape]
    return network


def vgg_paths(depth):
    """Our paths of torchvision's: each pooling ends a stage."""
    config = vgg.cfgs[{16: "D", 19: "E"}[depth]]
    paths = {"classifier.0": "fc1", "classifier.3": "fc2", "classifier.6": "fc3"}
    index, stage, conv = 0, 1, 0
    for layer in config:
        if layer == "M":
            index, stage, conv = index + 1, stage + 1, 0
        else:
            conv += 1
            paths[f"features.{index}"] = f"stage{stage}/conv{conv}"
            index += 2  # Its ReLU.
    return paths.__getitem__
